"""The documentation is complete, and what it names is there."""

import importlib
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from rookery import errors
from rookery.cli.entry import rookery
from rookery.client.line.commands import COMMANDS as LINE_COMMANDS
from rookery.command.table import COMMANDS
from rookery.config import settings
from rookery.core.modes import MODES
from rookery.core.refusal import Reason
from rookery.metrics import METRICS
from rookery.wire.capabilities import CAPABILITIES

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs/reference"
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("bench/*.md")])
_FENCE = re.compile(r"^ *```[a-z]*\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
_SPAN = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"")
_MADE_BY_MAKE = re.compile(r"^(?:\$ )?make ([a-z-]+)", re.MULTILINE)
_MADE_BY_ROOKERY = re.compile(r"(?:^|[|$;/(\s])rookery ([a-z][a-z-]*(?: (?:show|check|export))?)\b")
_TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(test_\w+))?`")
_PAGE_IN_SOURCE = re.compile(r"docs/[\w/.-]+\.md")


@pytest.fixture(scope="module")
def reference():
    """Return the script that makes the reference, as a module."""
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        yield importlib.import_module("reference")
    finally:
        sys.path.remove(str(ROOT / "scripts"))


def _relative(path):
    return str(path.relative_to(ROOT))


def _text(path):
    return path.read_text(encoding="utf-8")


def _code(path):
    """Return what stands in code blocks and in code spans that are commands."""
    text = _text(path)
    spans = _SPAN.findall(_FENCE.sub("", text))
    commands = [span for span in spans if span.startswith(("make ", "rookery "))]
    return "\n".join([*_FENCE.findall(text), *commands])


def test_every_generated_page_is_as_the_source_makes_it(reference):
    """A page that `make docs` would change is stale."""
    stale = [
        _relative(path)
        for path, text in reference.pages().items()
        if not path.is_file() or _text(path) != text
    ]
    assert stale == [], "run: make docs"


@pytest.mark.parametrize("page", sorted(REFERENCE.glob("*.md")), ids=_relative)
def test_every_page_of_the_reference_is_a_generated_one(reference, page):
    """Nothing stays behind when a table is gone."""
    assert page in reference.pages()


@pytest.mark.parametrize(
    ("page", "names"),
    (
        ("commands.md", [f"`{name}" for name in COMMANDS]),
        ("line-client.md", [f"`{row.usage}`" for row in LINE_COMMANDS.values()]),
        ("settings.md", [f"`{setting.name}`" for setting in settings()]),
        ("settings.md", [setting.variable for setting in settings()]),
        ("capabilities.md", [f"`{row.name}`" for row in CAPABILITIES]),
        ("modes.md", [f"| `{mode.letter}` |" for mode in MODES]),
        ("metrics.md", [f"| `{row.shown}` | {row.kind} |" for row in METRICS]),
        ("errors.md", [f"| {reason.name} |" for reason in Reason]),
    ),
)
def test_every_row_of_a_table_is_documented(page, names):
    """What the program knows stands in the reference."""
    text = _text(REFERENCE / page)
    assert [name for name in names if name not in text] == []


def test_every_row_has_its_words():
    """A table's row without a description would be a gap in the reference."""
    rows = [
        *((row.name, row.summary, row.spec) for row in COMMANDS.values()),
        *((row.name, row.summary, row.spec) for row in CAPABILITIES),
        *((mode.letter, mode.summary) for mode in MODES),
        *((setting.name, setting.description, setting.reason) for setting in settings()),
        *((row.shown, row.kind, row.help) for row in METRICS),
    ]
    assert [row[0] for row in rows if not all(row)] == []


def test_every_standard_reply_is_documented(reference):
    """A FAIL or NOTE that the source sends stands in the reference."""
    text = _text(REFERENCE / "errors.md")
    codes = {reply.code for reply in reference.standard_replies(ROOT)}
    assert {"STORE_UNAVAILABLE", "KEPT_AWAY", "ACCOUNT_EXISTS"} <= codes
    assert [code for code in codes if f"`{code}`" not in text] == []


def test_every_exit_code_is_documented(reference):
    """An error's exit code has a meaning in the reference and in `rookery --help`."""
    kinds = list(reference._error_types(errors.RookeryError))
    known = {code for code, _ in reference.EXIT_CODES}
    assert {kind.exit_code for kind in kinds} <= known
    assert [code for code in known if not re.search(rf"\b{code} ", rookery.epilog)] == []


@pytest.mark.parametrize("spec", sorted((ROOT / "docs/ext").glob("*.md")), ids=_relative)
def test_every_spec_is_linked_from_the_reference(spec):
    """Our own extensions can be found by who writes a client."""
    assert f"(../ext/{spec.name})" in _text(REFERENCE / "README.md")


@pytest.mark.parametrize("page", PAGES, ids=_relative)
def test_every_link_leads_to_a_file(page):
    """A relative link names something that is there, with its heading."""
    dead = []
    for match in _LINK.finditer(_FENCE.sub("", _text(page))):
        link = match[1] or match[2]
        if "://" in link or link.startswith("mailto:"):
            continue
        name, _, heading = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        if not target.exists() or (heading and heading not in _headings(target)):
            dead.append(link)
    assert dead == []


def _headings(path):
    """Return the names under which a page's headings are linked to."""
    titles = re.findall(r"^#+ (.+)$", _text(path), re.MULTILINE)
    plain = [re.sub(r"[^\w\- ]", "", title.lower()) for title in titles]
    return {title.replace(" ", "-") for title in plain}


@pytest.mark.parametrize("page", PAGES, ids=_relative)
def test_every_page_names_only_commands_that_exist(page):
    """What is to be typed can be typed."""
    code = _code(page)
    targets = set(re.findall(r"^([a-z-]+):", _text(ROOT / "Makefile"), re.MULTILINE))
    assert set(_MADE_BY_MAKE.findall(code)) <= targets
    assert [path for path in _MADE_BY_ROOKERY.findall(code) if not _is_command(path)] == []


def _is_command(path):
    command = rookery
    for word in path.split():
        if not isinstance(command, click.Group):
            return False
        command = command.get_command(click.Context(command), word)
    return command is not None


@pytest.mark.parametrize("page", PAGES, ids=_relative)
def test_every_flag_that_a_page_gives_to_rookery_exists(page):
    """A flag in an example belongs to the command in front of it."""
    unknown = []
    for line in re.sub(r"\\\n\s*", "", _code(page)).splitlines():
        match = _MADE_BY_ROOKERY.search(line)
        if match:
            rest = line[match.end() :].split("|")[0].split("#")[0]
            flags = re.findall(r"(?<=\s)--[a-z-]+", rest)
            unknown += [flag for flag in flags if flag not in _flags(match[1])]
    assert unknown == []


def _flags(path):
    command = rookery
    for word in path.split():
        command = command.get_command(click.Context(command), word)
    options = {flag for one in command.params for flag in [*one.opts, *one.secondary_opts]}
    return options | {"--help"}


def test_every_setting_that_a_page_names_exists():
    """`section.field` in a text is a setting of that name."""
    names = {setting.name for setting in settings()}
    sections = {name.partition(".")[0] for name in names}
    wanted = re.compile(rf"`((?:{'|'.join(sections)})\.[a-z_]+)(?: = [^`]*)?`")
    unknown = {
        f"{_relative(page)}: {name}"
        for page in PAGES
        for name in wanted.findall(_text(page))
        if name not in names and not name.endswith((".py", ".md", ".toml"))
    }
    assert unknown == set()


def test_every_page_is_reached_from_the_readme():
    """A reader who follows links from README.md comes to every page."""
    seen, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in seen or page.suffix != ".md" or not page.is_file():
            continue
        seen.add(page)
        links = (match[1] for match in _LINK.finditer(_text(page)) if match[1])
        waiting += [(page.parent / link.partition("#")[0]).resolve() for link in links]
    assert [_relative(page) for page in PAGES if page not in seen] == []


def test_every_page_that_the_source_names_exists():
    """A docstring that says where a decision stands is right."""
    missing = {
        f"{_relative(path)}: {name}"
        for path in [*ROOT.glob("src/**/*.py"), *ROOT.glob("src/**/*.sql")]
        for name in _PAGE_IN_SOURCE.findall(_text(path))
        if not (ROOT / name).is_file()
    }
    assert missing == set()


def test_every_test_that_a_page_names_exists():
    """A promise that names its test is held by one."""
    named = {name for page in PAGES for name in _TEST.findall(_text(page))}
    missing = [
        f"{path}::{test}"
        for path, test in sorted(named)
        if not (ROOT / path).is_file()
        or (test and not re.search(rf"^def {test}\(", _text(ROOT / path), re.MULTILINE))
    ]
    assert missing == []


def test_every_promise_names_a_test():
    """docs/explain/promises.md has no promise that nothing holds."""
    _, *promises = _text(ROOT / "docs/explain/promises.md").split("\n## ")
    assert [promise[0] for promise in promises if not _TEST.search(promise)] == []
    assert [promise[:2] for promise in promises] == [f"{number}." for number in range(1, 7)]


def test_the_readme_fits_on_one_screen():
    """README.md stays short: 60 lines, without the blank ones."""
    lines = [line for line in _text(ROOT / "README.md").splitlines() if line.strip()]
    assert len(lines) <= 60


def test_make_help_lists_every_target():
    """`make help` leaves out no target that a person may call."""
    result = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    phony = re.search(r"^\.PHONY: (.+)$", _text(ROOT / "Makefile"), re.MULTILINE)[1].split()
    public = {name for name in phony if not name.endswith("-tools") and name != "help"}
    assert public == set(re.findall(r"^make ([a-z-]+)", result.stdout, re.MULTILINE))
