"""Pages of history and searches in the archive, while chat goes on.

One person, who is in many rooms, asks one thing after the other; what is asked for is drawn anew
in each round. Every answer is checked: a page must be the page, a find must be what was asked for.
"""

import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import archive
import corpus
from asker import Asker
from figures import Row, quantiles

from rookery.core.clock import first_id_at
from rookery.store.sqlite import DATABASE_NAME

PAGE: Final = 100
CAPS: Final = "batch message-tags server-time draft/chathistory soju.im/search"
ASKER: Final = corpus.person(0)
ROOMS: Final = [
    corpus.room(rank) for rank in (*range(10), *range(10, 100, 10), *range(100, corpus.ROOMS, 100))
]
"""Large and small ones, 38 in all."""
PARTNERS: Final = [corpus.person(number) for number in corpus.partners_of(0)]
COMMON_RANKS: Final = 100
"""So many words make up nearly half of what is said."""
_END: Final = b" BATCH -"
_SHARE_OF_NEWEST: Final = 0.25
_SHARE_OF_COMMON: Final = 0.1
_MAX_ID: Final = (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for; empty fields ask for whatever."""

    line: str
    target: str = ""
    before_id: int = _MAX_ID
    words: tuple[str, ...] = ()
    sender: str = ""


def measure(kind: str, port: int, seconds: float, seed: int, data: Path) -> Row:
    """Ask for so long; return p50, p99 and maximum in ms, and how many answers were wrong."""
    questions = _QUESTIONS[kind](random.Random(seed))
    answers, times_ms = [], []
    with Asker(port) as asker:
        asker.sign_in(ASKER, CAPS, archive.PASSWORD)
        asker.join(ROOMS)
        asker.catch_up()
        until_s = time.monotonic() + seconds
        while time.monotonic() < until_s:
            question = next(questions)
            took_ms, lines = asker.ask(question.line, _END)
            times_ms.append(took_ms)
            answers.append((question, [*map(_Said.parse, lines[1:-1])]))
    with closing(sqlite3.connect(f"file:{data / DATABASE_NAME}?mode=ro", uri=True)) as kept:
        wrong = [each.line for each, said in answers if not _CHECKS[kind](each, said, kept)]
    return quantiles(times_ms) | {
        "asked": len(times_ms),
        "answers_per_s": len(times_ms) / seconds,
        "found": sum(len(said) for _, said in answers),
        "wrong": len(wrong),
        "last_error": "; ".join(wrong[:1]),
    }


@dataclass(frozen=True, slots=True)
class _Said:
    id: int
    sender: str
    target: str
    text: str

    @classmethod
    def parse(cls, line: bytes) -> "_Said":
        tags, source, _command, target, text = line.decode().split(" ", 4)
        msgid = dict(tag.partition("=")[::2] for tag in tags[1:].split(";"))["msgid"]
        return cls(int(msgid, 16), source[1:].partition("!")[0], target, text[1:])


def _pages(source: random.Random) -> Iterator[Question]:
    """Yield what people scroll to: the newest page now and then, else one at any time."""
    now_s = time.time()
    while True:
        target = source.choice([*ROOMS, *PARTNERS])
        if source.random() < _SHARE_OF_NEWEST:
            yield Question(f"CHATHISTORY LATEST {target} * {PAGE}", target)
            continue
        at_ms = round((now_s - source.random() * archive.SPAN_DAYS * 86_400) * 1000)
        line = f"CHATHISTORY BEFORE {target} timestamp={_time(at_ms)} {PAGE}"
        yield Question(line, target, before_id=first_id_at(at_ms))


def _time(at_ms: int) -> str:
    seconds, ms = divmod(at_ms, 1000)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}.{ms:03}Z"


def _searches(source: random.Random) -> Iterator[Question]:
    """Yield each kind of search in turn."""
    while True:
        one = _any_word(source)
        yield _search((one,), target=source.choice(ROOMS))
        yield _search((one,))
        yield _search((one,), target=source.choice(PARTNERS))
        yield _search((_common_word(source), one))
        yield _search((one,), sender=source.choice(PARTNERS))


def _any_word(source: random.Random) -> str:
    """Return what somebody may look for: seldom one of the words that are everywhere."""
    if source.random() < _SHARE_OF_COMMON:
        return _common_word(source)
    return corpus.word(int(COMMON_RANKS * (corpus.WORDS / COMMON_RANKS) ** source.random()))


def _common_word(source: random.Random) -> str:
    return corpus.word(source.randrange(COMMON_RANKS))


def _search(words: tuple[str, ...], target: str = "", sender: str = "") -> Question:
    attributes = {"in": target, "from": sender, "text": r"\s".join(words), "limit": f"{PAGE}"}
    asked = ";".join(f"{name}={value}" for name, value in attributes.items() if value)
    return Question(f"SEARCH {asked}", target, words=words, sender=sender)


_QUESTIONS: Final[dict[str, Callable[[random.Random], Iterator[Question]]]] = {
    "history": _pages,
    "search": _searches,
}


def _is_the_page(question: Question, said: list[_Said], kept: sqlite3.Connection) -> bool:
    """Return whether it is what stands in the database, whole and in order."""
    target = question.target
    place = target if target in ROOMS else ",".join(sorted((target, ASKER)))
    rows = kept.execute(
        "SELECT id FROM filed WHERE conversation = ? AND id < ? ORDER BY id DESC LIMIT ?",
        (place, question.before_id, PAGE),
    )
    return [each.id for each in said] == [row[0] for row in rows][::-1]


def _is_found(question: Question, said: list[_Said], _: sqlite3.Connection) -> bool:
    """Return whether all is what was asked for, in order, once, and the asker's to read."""
    ids = [each.id for each in said]
    return ids == sorted({*ids}) and all(
        {*question.words} <= {*each.text.split()}
        and question.sender in ("", each.sender)
        and question.target in ("", each.target, each.sender)
        and (each.target in ROOMS or ASKER in (each.target, each.sender))
        for each in said
    )


_CHECKS: Final = {"history": _is_the_page, "search": _is_found}
