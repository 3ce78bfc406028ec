"""The three themes: light, dark and high contrast; every colour of the client comes from here."""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

_NAMES_ON_DARK: Final = ("#7fb4ff", "#7fd4a0", "#e8b86a", "#d59be8", "#6fd3d8", "#f09a9a")
_NAMES_ON_LIGHT: Final = ("#1a56b0", "#1d6b3a", "#8a5200", "#7b2f99", "#0b6670", "#a32a2a")
_NAMES_PLAIN: Final = ("#ffffff", "#ffff00", "#00ffff", "#ffffff", "#ffff00", "#00ffff")


def _names(colours: tuple[str, ...]) -> dict[str, str]:
    return {f"name-{at}": colour for at, colour in enumerate(colours)}


DARK: Final = Theme(
    name="dark",
    primary="#7fb4ff",
    secondary="#9aa7b8",
    accent="#e8b86a",
    warning="#e8b86a",
    error="#ff8f8f",
    success="#7fd4a0",
    foreground="#e4e7eb",
    background="#15181c",
    surface="#1c2026",
    panel="#252b33",
    dark=True,
    variables={"faint": "#98a2b0", **_names(_NAMES_ON_DARK)},
)
LIGHT: Final = Theme(
    name="light",
    primary="#1a56b0",
    secondary="#4f5b6b",
    accent="#8a5200",
    warning="#8a5200",
    error="#a61b1b",
    success="#1d6b3a",
    foreground="#1b1f24",
    background="#ffffff",
    surface="#f3f5f7",
    panel="#e4e8ed",
    dark=False,
    variables={"faint": "#5a6473", **_names(_NAMES_ON_LIGHT)},
)
HIGH_CONTRAST: Final = Theme(
    name="high-contrast",
    primary="#00ffff",
    secondary="#ffffff",
    accent="#ffff00",
    warning="#ffff00",
    error="#ff8080",
    success="#00ff00",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#3a3a3a",
    dark=True,
    variables={"faint": "#ffffff", **_names(_NAMES_PLAIN)},
)
THEMES: Final = {theme.name: theme for theme in (DARK, LIGHT, HIGH_CONTRAST)}
"""By name; the first is what is used where none is chosen."""
