"""How a person is told, with a desktop that notes what it is given."""

import os
import stat

from textual.app import App

from rookery.client.notify import Notice, Way
from rookery.client.tui import notifying


def test_words_of_others_are_no_markup_on_the_desktop(tmp_path, monkeypatch):
    """`notify-send` takes its body as markup: a message must not become a link or an image."""
    noted = tmp_path / "noted"
    os.mkfifo(noted)
    program = tmp_path / "notify-send"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {noted}\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    notifying.tell(App(), Notice("bob", '<a href="http://x">1 < 2 & 3</a>'), {Way.DESKTOP})
    with noted.open() as told:
        lines = told.read().splitlines()
    assert lines == [
        "--app-name=Rookery",
        "--",
        "bob",
        '&lt;a href="http://x"&gt;1 &lt; 2 &amp; 3&lt;/a&gt;',
    ]
