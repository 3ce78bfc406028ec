"""The parts of the page about `rookery tui`, from its tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rookery.client.client_settings import SERVER_SETTINGS, SETTINGS
from rookery.client.tui.keys import KEYS, keys_shown
from rookery.client.tui.slash import ALIASES, COMMANDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from rookery.client.client_settings import Row

_EXAMPLE = """```toml
theme = "light"
server = "work"

[servers.work]
host = "chat.example.org"
port = 8080
user = "alice"

[keys]
jump = ["Ctrl-K", "Ctrl-G"]
```"""


def parts(table: Callable[[Iterable[str], Iterable[Iterable[object]]], str]) -> list[str]:
    """Return the page's parts; `table` makes a table of a head and rows."""
    keys = [
        (f"`{key.action}`", keys_shown(key) or "none", key.description, key.group) for key in KEYS
    ]
    commands = [(f"`{row.usage}`", row.help) for row in COMMANDS.values()]
    aliases = [(f"`/{alias}`", f"`/{name}`") for alias, name in ALIASES.items()]
    return [
        "`rookery tui` fills the terminal; F1 shows keys and commands there.",
        "## Keys",
        "The action's name is what `[keys]` of the config file calls it.",
        table(("Action", "Keys", "What it does", "Where"), keys),
        "## Commands",
        "Everything else that is typed is said to the open conversation; `//` says a slash.",
        table(("Command", "What it does"), commands),
        table(("Also", "Means"), aliases),
        "## Config file",
        (
            "`$XDG_CONFIG_HOME/rookery/client.toml`, mostly `~/.config/rookery/client.toml`; "
            "another one with `--config` or `ROOKERY_CLIENT_CONFIG`.\n"
            "Flags count before what stands there.\n"
            "`rookery tui NAME` connects to `[servers.NAME]`."
        ),
        _EXAMPLE,
        _settings(table, SETTINGS),
        "Below `[servers.NAME]`:",
        _settings(table, SERVER_SETTINGS),
        (
            "Below `[keys]`, an action of the table above and its key or a list of its keys; "
            "an empty list takes them away."
        ),
    ]


def _settings(
    table: Callable[[Iterable[str], Iterable[Iterable[object]]], str], rows: Mapping[str, Row]
) -> str:
    cells = [
        (f"`{name}`", row.expected, f"`{row.default}`", row.description)
        for name, row in rows.items()
    ]
    return table(("Setting", "Value", "Default", "What it does"), cells)
