"""What a setting is: the facts about one field of a section, for all who need them.

They are read from the field itself, so that nothing about a setting is written twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args, get_origin, get_type_hints

import msgspec


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting; `annotation` is what `msgspec.convert` checks a value against."""

    name: str
    """Section and field: `limits.outbox_bytes`."""
    annotation: object
    default: object
    description: str
    reason: str
    """Why the default is what it is."""
    unit: str
    flag: str
    """Flag of `rookery serve`, or empty; `--no-…` sets it to false."""
    is_reloadable: bool
    """Whether SIGHUP changes it; the others need a restart."""
    expected: str
    """In words what a value must be: `a whole number from 0 to 65535`."""

    @property
    def variable(self) -> str:
        """Environment variable that sets it."""
        return f"ROOKERY_{self.name.replace('.', '_')}".upper()

    @property
    def is_path(self) -> bool:
        """Whether it is a file or folder, possibly none."""
        return Path in _kinds(self.annotation)

    @property
    def choices(self) -> tuple[str, ...]:
        """The words that it may be, or none where it is no choice."""
        kind = _kinds(self.annotation)[0]
        return get_args(kind) if get_origin(kind) is Literal else ()

    @property
    def is_table(self) -> bool:
        """Whether it is a list or a table, which a variable holds as JSON."""
        return get_origin(get_args(self.annotation)[0]) in {tuple, dict}

    @property
    def is_bool(self) -> bool:
        """Whether it is true or false."""
        return _kinds(self.annotation) == (bool,)


def about(
    description: str,
    reason: str,
    *,
    unit: str = "",
    flag: str = "",
    at_start_only: bool = False,
    bounds: tuple[float | None, float | None] = (None, None),
    form: tuple[str, str] | None = None,
) -> msgspec.Meta:
    """Return the facts for a field's annotation; `form` is a text's pattern, and that in words.

    A list or a table has the words only.
    """
    extra = {"reason": reason, "unit": unit, "flag": flag, "at_start_only": at_start_only}
    if form:
        extra["form"] = form[1]
        return msgspec.Meta(description=description, pattern=form[0] or None, extra=extra)
    return msgspec.Meta(description=description, ge=bounds[0], le=bounds[1], extra=extra)


def settings_of(section: str, struct: type[msgspec.Struct]) -> Iterator[Setting]:
    """Yield the settings of a section, in the order in which they are written."""
    annotations = get_type_hints(struct, include_extras=True)
    for field in msgspec.structs.fields(struct):
        annotation = annotations[field.name]
        meta = cast("msgspec.Meta", get_args(annotation)[1])
        extra = meta.extra or {}
        yield Setting(
            name=f"{section}.{field.name}",
            annotation=annotation,
            default=_default(field),
            description=meta.description or "",
            reason=extra["reason"],
            unit=extra["unit"],
            flag=extra["flag"],
            is_reloadable=not extra["at_start_only"],
            expected=_expected(annotation, meta),
        )


def _default(field: msgspec.structs.FieldInfo) -> object:
    is_made = field.default_factory is not msgspec.NODEFAULT
    return field.default_factory() if is_made else field.default


def _kinds(annotation: object) -> tuple[object, ...]:
    """Return the plain types behind an annotation: `Annotated[Path | None, …]` has two."""
    plain = get_args(annotation)[0]
    return (plain,) if get_origin(plain) is Literal else get_args(plain) or (plain,)


def _expected(annotation: object, meta: msgspec.Meta) -> str:
    kind = _kinds(annotation)[0]
    if "form" in (meta.extra or {}):
        return str((meta.extra or {})["form"])
    if get_origin(kind) is Literal:
        return " or ".join(f'"{value}"' for value in get_args(kind))
    if kind is bool:
        return "true or false"
    if kind is Path:
        return "a path"
    number = "a whole number" if kind is int else "a number"
    if meta.le is None:
        return f"{number} of at least {meta.ge}"
    return f"{number} from {meta.ge} to {meta.le}"
