"""Files that a setting names: their text, or the sentence that says why there is none."""

from __future__ import annotations

from pathlib import Path

from rookery.errors import ConfigError


def read_text(setting: str, path: Path) -> str:
    """Return the text of the file that `setting` names, or raise `ConfigError`."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{setting}: {path} is not UTF-8 text; save it as UTF-8.") from error
    except OSError as error:
        raise unreadable(setting, path, error) from error


def unreadable(setting: str, path: Path, error: OSError) -> ConfigError:
    """Return what to raise, with `from error`, for a file that cannot be read."""
    match error:
        case FileNotFoundError():
            sentence = f"There is no file {path}; check the path."
        case PermissionError():
            sentence = f"{path} may not be read; allow it to the user who runs Rookery."
        case IsADirectoryError():
            sentence = f"{path} is a folder; name the file in it."
        case _:
            sentence = f"{path} cannot be read ({error.strerror}); check the file."
    return ConfigError(f"{setting}: {sentence}")
