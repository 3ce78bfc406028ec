"""Write the pages of docs/reference and the index of decisions from the tables in the source.

`make docs` runs it. Nothing on these pages is written by hand: mend the table, not the page.
"""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import TYPE_CHECKING, Final

import reference_page as md
from reference_programs import command_line, full_screen_client, line_client
from standard_replies import standard_replies

from rookery import errors
from rookery.command.table import COMMANDS
from rookery.config import sections, settings, shown
from rookery.core.modes import MODES, Kind
from rookery.core.refusal import Reason
from rookery.core.user_modes import USER_MODES
from rookery.deliver.reply import REFUSALS
from rookery.metrics import METRICS
from rookery.wire import numerics
from rookery.wire.capabilities import CAPABILITIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rookery.setting import Setting

ROOT: Final = Path(__file__).resolve().parents[1]
RECORDS: Final = "<!-- `make docs` writes the list below. -->"
EXIT_CODES: Final = (
    (0, "Done."),
    (1, "Failed; the sentence on standard error says why."),
    (2, "Wrong usage of the command line."),
    (69, "Cannot connect to the server."),
    (75, "Not confirmed: the server has not said that everything is on disk."),
    (77, "Refused: the name, the password, or the person."),
    (78, "A setting cannot be used."),
    (130, "Ctrl-C."),
)
MODE_PARAMETERS: Final = {
    Kind.RANK: "a nick",
    Kind.LIST: "a mask; without one, the list is shown",
    Kind.SETTING: "a value, also to unset it",
    Kind.SETTING_ON: "a value, to set it",
    Kind.FLAG: "none",
}


def pages() -> dict[Path, str]:
    """Return every generated page's text by its path."""
    reference = ROOT / "docs/reference"
    made = {reference / name: page() for name, (page, _) in PAGES.items()}
    made[reference / "README.md"] = _index()
    made[ROOT / "docs/adr/README.md"] = _decisions()
    return made


def commands() -> str:
    """IRC commands that the server understands."""
    rows = (
        (md.code(row.usage), row.summary, "yes" if row.is_early else "", md.spec(row.spec))
        for row in COMMANDS.values()
    )
    text = (
        "A command that is not marked *before sign-in* is answered with 451 until you have signed "
        "in.\nSquare brackets mean that a part may be left out."
    )
    head = ("Command", "What it does", "Before sign-in", "Specified in")
    return md.page("IRC commands", ("src/rookery/command/table.py",), text, md.table(head, rows))


def settings_page() -> str:
    """Settings of the server."""
    text = (
        "A flag wins over the environment, that over the config file, that over the default.\n"
        "In the file, `limits.burst_lines` is `burst_lines` in the table `[limits]`.\n"
        "A setting marked *reload* changes with SIGHUP; one marked *restart* when the server "
        "starts again.\n[How to configure](../howto/configure.md) shows a file."
    )
    parts = [text]
    every = list(settings())
    for name, struct in sections().items():
        own = [setting for setting in every if setting.name.startswith(f"{name}.")]
        parts += [f"## {name}\n\n{inspect.getdoc(struct)}", *map(_setting, own)]
    return md.page("Settings", ("src/rookery/settings.py", "src/rookery/limits.py"), *parts)


def _setting(setting: Setting) -> str:
    unit = f" {setting.unit}" if setting.unit else ""
    flag = f" · flag `{setting.flag}`" if setting.flag else ""
    return (
        f"### `{setting.name}`\n\n{setting.description}\n\n"
        f"- Value: {setting.expected}{f', in {setting.unit}' if setting.unit else ''}\n"
        f"- Default: `{shown(setting.default)}`{unit}. {setting.reason}\n"
        f"- Set by: `{setting.variable}`{flag}\n"
        f"- Changes with: {'reload' if setting.is_reloadable else 'restart'}"
    )


def capabilities() -> str:
    """IRCv3 capabilities that a client may ask for."""
    rows = ((md.code(row.name), row.summary, md.spec(row.spec)) for row in CAPABILITIES)
    head = ("Capability", "What it changes", "Specified in")
    return md.page("Capabilities", ("src/rookery/wire/capabilities.py",), md.table(head, rows))


def modes() -> str:
    """Modes of rooms and their members."""
    rows = ((md.code(row.letter), row.summary, MODE_PARAMETERS[row.kind]) for row in MODES)
    own = (
        (md.code(row.letter), row.summary, "the server" if row.is_given else "oneself")
        for row in USER_MODES
    )
    return md.page(
        "Modes",
        ("src/rookery/core/modes.py", "src/rookery/core/user_modes.py"),
        "## Of rooms and their members",
        md.table(("Mode", "What it means", "Takes"), rows),
        "## Of people",
        md.table(("Mode", "What it means", "Set by"), own),
    )


def errors_page() -> str:
    """Refusals, FAIL and NOTE codes, exit codes."""
    refused = ((number, reason.name, text) for reason, (number, text) in REFUSALS.items())
    replies = (
        (one.kind, md.code(one.code), one.sentence, md.source(one.path))
        for one in standard_replies(ROOT)
    )
    raised = (
        (kind.__name__, (inspect.getdoc(kind) or "").split("\n")[0], kind.exit_code)
        for kind in _error_types(errors.RookeryError)
    )
    return md.page(
        "Errors",
        ("src/rookery/deliver/reply.py", "src/rookery/errors.py"),
        "## Refusals\n\nWhat the domain refuses is answered with a numeric.",
        md.table(("Numeric", "Reason", "Sentence"), refused),
        "## Standard replies\n\nSent to clients with `standard-replies`; others get the sentence "
        "as a notice.\nA `…` is filled in with the name or text that it is about.",
        md.table(("Kind", "Code", "Sentence", "From"), replies),
        "## Errors of the programs\n\nEach is one sentence with its remedy on standard error.",
        md.table(("Error", "Meaning", "Exit code"), raised),
        "## Exit codes",
        md.table(("Code", "Meaning"), EXIT_CODES),
    )


def _error_types(kind: type[errors.RookeryError]) -> Iterator[type[errors.RookeryError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from _error_types(below)


def metrics_page() -> str:
    """Metrics that Prometheus can read."""
    rows = ((md.code(row.shown), row.kind, row.help) for row in METRICS)
    text = (
        "With `metrics.port` set they are read at `/metrics` on that port of `metrics.host`, "
        "with those of the process (`process_…`).\n`/healthz` answers 200 and `ok`, or 503 and "
        "what is wrong."
    )
    head = ("Metric", "Kind", "What it says")
    return md.page("Metrics", ("src/rookery/metrics.py",), text, md.table(head, rows))


def numerics_page() -> str:
    """Numeric replies that the server sends."""
    known = sorted((value, name) for name, value in vars(numerics).items() if name.isupper())
    return md.page(
        "Numerics",
        ("src/rookery/wire/numerics.py",),
        "What each means stands at modern.ircdocs.horse under its name.",
        md.table(("Numeric", "Name"), known),
    )


PAGES: Final[dict[str, tuple[Callable[[], str], str]]] = {
    "command-line.md": (command_line, "The command line"),
    "line-client.md": (line_client, "The line client"),
    "full-screen-client.md": (full_screen_client, "The full-screen client"),
    "settings.md": (settings_page, "Settings"),
    "commands.md": (commands, "IRC commands"),
    "capabilities.md": (capabilities, "Capabilities"),
    "modes.md": (modes, "Modes"),
    "errors.md": (errors_page, "Errors"),
    "metrics.md": (metrics_page, "Metrics"),
    "numerics.md": (numerics_page, "Numerics"),
}
"""Page to what makes it and its title."""


def _index() -> str:
    listed = [f"- [{title}]({name}): {_first(page)}" for name, (page, title) in PAGES.items()]
    specs = [
        f"- [{path.stem}](../ext/{path.name}): {_title(path)}"
        for path in sorted((ROOT / "docs/ext").glob("*.md"))
    ]
    return md.page(
        "Reference",
        (),
        "\n".join(listed),
        "## Our own extensions of the protocol",
        "\n".join(specs),
    )


def _first(page: Callable[[], str]) -> str:
    text = inspect.getdoc(page) or ""
    return text[0].lower() + text[1:] if not text.startswith("IRC") else text


def _decisions() -> str:
    folder = ROOT / "docs/adr"
    listed = [
        f"- [{path.stem[:4]}]({path.name}): {_title(path)}"
        for path in sorted(folder.glob("[0-9]*.md"))
    ]
    written, marker, _ = (folder / "README.md").read_text(encoding="utf-8").partition(RECORDS)
    return f"{written}{marker}\n\n" + "\n".join(listed) + "\n"


def _title(path: Path) -> str:
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    return first.removeprefix("# ")


def main() -> None:
    """Write the pages that have changed."""
    for path, text in pages().items():
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path.relative_to(ROOT)}")
    missing = [reason.name for reason in Reason if reason not in REFUSALS]
    if missing:
        print(f"Without a sentence in deliver/reply.py: {', '.join(missing)}")


if __name__ == "__main__":
    main()
