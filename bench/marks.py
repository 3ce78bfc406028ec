"""Figures in a page of prose: what stands between two marks is replaced, the rest stays."""

from pathlib import Path


def write_between(page: Path, text: str, name: str) -> None:
    """Replace what stands between the two marks of this name: `<!-- name -->`, `<!-- /name -->`."""
    begin_mark, end_mark = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, begin, rest = page.read_text().partition(begin_mark)
    _old, end, after = rest.partition(end_mark)
    if not begin or not end:
        raise ValueError(f"{page} needs the marks {begin_mark} and {end_mark}")
    page.write_text(f"{before}{begin}\n{text}\n{end}{after}")
