import msgspec
import pytest

from rookery.config import parse, settings, shown
from rookery.settings import Config

SETTINGS = list(settings())


@pytest.mark.parametrize("setting", SETTINGS, ids=[setting.name for setting in SETTINGS])
def test_every_setting_is_explained_and_its_default_allowed(setting):
    """Each has a description and a reason that are sentences, and a default within its bounds."""
    assert setting.description.endswith(".")
    assert setting.reason.endswith(".")
    value = "" if setting.default is None else setting.default
    assert parse(setting, value, "default", is_text=False) == setting.default
    assert parse(setting, shown(setting.default).strip('"'), "text", is_text=True) == (
        setting.default
    )


@pytest.mark.parametrize(
    ("suffix", "unit"), (("_s", "s"), ("_bytes", "bytes"), ("_threads", "threads"))
)
def test_a_name_and_its_unit_agree(suffix, unit):
    """A setting's name ends with its unit wherever it has one."""
    named = [s for s in SETTINGS if s.name.endswith(suffix) and not s.name.endswith("_per_s")]
    assert {setting.unit for setting in named} == {unit}


def test_facts_of_one_setting():
    """The reference, the flags and the messages are made from these."""
    by_name = {setting.name: setting for setting in SETTINGS}
    outbox, level, no_limits = (
        by_name[name] for name in ("limits.outbox_bytes", "log.level", "limits.enabled")
    )
    assert outbox.variable == "ROOKERY_LIMITS_OUTBOX_BYTES"
    assert outbox.expected == "a whole number from 65536 to 4294967296"
    assert (outbox.is_reloadable, by_name["server.port"].is_reloadable) == (True, False)
    assert level.choices == ("debug", "info", "warning", "error")
    assert (no_limits.flag, no_limits.is_bool, outbox.is_bool) == ("--no-limits", True, False)
    assert (by_name["tls.cert"].is_path, by_name["server.data"].is_path) == (True, True)


def test_flags_and_variables_are_unique():
    """No two settings can be set by the same word."""
    flags = [setting.flag for setting in SETTINGS if setting.flag]
    assert len(set(flags)) == len(flags)
    assert len({setting.variable for setting in SETTINGS}) == len(SETTINGS)


def test_sections_forbid_what_they_do_not_know():
    """Also whoever builds a configuration by hand hears of a misspelt name."""
    with pytest.raises(msgspec.ValidationError, match="unknown field"):
        msgspec.convert({"server": {"prot": 1}}, Config)
