"""What is delivered for running as a service keeps the promises of its how-to."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from rookery.config import settings
from rookery.files import wanted_files
from rookery.limits import Limits
from rookery.settings import Server

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
UNIT = DEPLOY / "rookery.service"
WORST_EXPOSURE = 2.0
"""By systemd's own scale, from 0 for safe to 10."""


def _unit():
    lines = [line.partition("=") for line in UNIT.read_text(encoding="utf-8").splitlines()]
    return {key: value for key, has_value, value in lines if has_value and key.isalpha()}


def _variables(text):
    return set(re.findall(r"\bROOKERY_[A-Z_]+", text))


@pytest.mark.parametrize("name", ("rookery.service", "Dockerfile"))
def test_variables_are_settings(name):
    """Each variable that is set there sets something."""
    known = {setting.variable for setting in settings()} | {"ROOKERY_CONFIG"}
    assert _variables((DEPLOY / name).read_text(encoding="utf-8")) - known == set()


def test_unit_has_no_rights():
    """The service is a user of its own, without capabilities and with its own folder alone."""
    unit = _unit()
    assert (unit["User"], unit["CapabilityBoundingSet"], unit["AmbientCapabilities"]) == (
        "rookery",
        "",
        "",
    )
    hardened = (
        "NoNewPrivileges",
        "PrivateTmp",
        "PrivateDevices",
        "ProtectHome",
        "RestrictRealtime",
    )
    assert {unit[key] for key in hardened} == {"yes"}
    assert (unit["ProtectSystem"], unit["StateDirectoryMode"], unit["UMask"]) == (
        "strict",
        "0700",
        "0077",
    )


def test_unit_leaves_time_and_files():
    """It is killed only after the drain, and may open a file for each connection."""
    unit = _unit()
    assert float(unit["TimeoutStopSec"]) > Server().drain_timeout_s
    assert int(unit["LimitNOFILE"]) >= wanted_files(Limits().connections)


def test_systemd_finds_nothing(tmp_path):
    """Where systemd is installed, its own checks find no mistake and little exposure."""
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        return
    unit = tmp_path / UNIT.name
    text = UNIT.read_text(encoding="utf-8")
    unit.write_text(text.replace("/opt/rookery/bin/rookery", "/bin/true"), encoding="utf-8")
    verified = subprocess.run(
        [analyze, "verify", unit], capture_output=True, text=True, check=False
    )
    assert (verified.returncode, verified.stderr) == (0, "")
    judged = subprocess.run(
        [analyze, "security", "--offline=yes", "--no-pager", unit],
        capture_output=True,
        text=True,
        check=True,
    )
    level = re.search(r"Overall exposure level for \S+: ([0-9.]+)", judged.stdout)
    assert float(level[1]) <= WORST_EXPOSURE


def test_image_runs_without_rights():
    """The last stage ends as a user, and names no registry."""
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    images = re.findall(r"^FROM (\S+)", text, re.MULTILINE)
    assert all("/" not in image for image in images)
    last = text[text.rindex("FROM ") :]
    assert re.findall(r"^USER (\S+)", last, re.MULTILINE) == ["rookery"]
    assert "http" not in text.replace("http://127.0.0.1", "")
