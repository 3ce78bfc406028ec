"""Who says what where in the archive: made up, but as often and as long as people do.

Words, conversations and speakers are drawn by Zipf's law, lengths are log-normal. The same seed
gives the same rows. Draws are independent, so the messages of one conversation lie as far apart on
the disk as they can: real talk comes in bursts and is kinder to a reader.
"""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

WORDS: Final = 60_000
ROOMS: Final = 2_000
PEOPLE: Final = 5_000
PAIRS: Final = 20_000
SPEAKERS_PER_ROOM: Final = 40
ROOM_SHARE: Final = 0.7
"""The rest is said in private."""
MEDIAN_WORDS: Final = 7
LENGTH_SIGMA: Final = 0.7
MAX_WORDS: Final = 60
TABLE_BITS: Final = 20
"""Draws come from a table in which each value stands as often as it is to be drawn."""

_CONSONANTS: Final = "bdfghjklmnprstvz"
_VOWELS: Final = "aeiou"
_SYLLABLES: Final = [consonant + vowel for consonant in _CONSONANTS for vowel in _VOWELS]

Row = tuple[int | str, ...]
"""In the order of `rookery.core.events.Said`."""
Voice = tuple[str, ...]
"""What a row has between its id and its text: conversation, sender, recipient, source, account,
command, target."""


def word(rank: int) -> str:
    """Return the word of this rank, 0 being the most frequent; frequent words are short."""
    syllables = ""
    rank += len(_SYLLABLES)  # No word of one letter group: those would be noise in every language.
    while rank:
        rank, place = divmod(rank, len(_SYLLABLES))
        syllables += _SYLLABLES[place]
    return syllables


def room(rank: int) -> str:
    """Return the name of the room in which the `rank`-th most is said."""
    return f"#room{rank}"


def person(number: int) -> str:
    """Return a person's nick, which is the key too."""
    return f"p{number}"


def partners_of(number: int) -> list[int]:
    """Return with whom a person talks in private, the most talked to first."""
    pairs = (_pair(rank) for rank in range(PAIRS))
    return [
        second if first == number else first for first, second in pairs if number in (first, second)
    ]


def zipf_table(count: int, entries: int = 1 << TABLE_BITS) -> list[int]:
    """Return a table in which rank r stands in proportion to 1 / (r + 1)."""
    return _table([1 / (rank + 1) for rank in range(count)], entries)


@dataclass(frozen=True, slots=True)
class Corpus:
    """The tables to draw from; `begin` makes them, which takes a second."""

    words: list[str]
    lengths: list[int]
    voices: list[Voice]
    source: random.Random

    def rows(self, ids: Sequence[int]) -> list[Row]:
        """Return one message for each id."""
        choices = self.source.choices
        lengths = choices(self.lengths, k=len(ids))
        words = choices(self.words, k=sum(lengths))
        voices = choices(self.voices, k=len(ids))
        bounds = pairwise(accumulate(lengths, initial=0))
        return [
            (message_id, *voice, " ".join(words[start:end]), "", "")
            for message_id, voice, (start, end) in zip(ids, voices, bounds, strict=True)
        ]


def begin(seed: int) -> Corpus:
    """Return a corpus whose rows depend on the seed alone."""
    source = random.Random(seed)
    shares = _shares()
    voices = [*shares]
    return Corpus(
        words=[word(rank) for rank in zipf_table(WORDS)],
        lengths=[_length(source) for _ in range(1 << 12)],
        voices=[voices[place] for place in _table([*shares.values()], 1 << TABLE_BITS)],
        source=source,
    )


def _table(weights: Sequence[float], entries: int) -> list[int]:
    total, table, reached = sum(weights), [], 0.0
    for place, weight in enumerate(weights):
        reached += weight * entries / total
        table += [place] * (round(reached) - len(table))
    return table


def _length(source: random.Random) -> int:
    words = source.lognormvariate(math.log(MEDIAN_WORDS), LENGTH_SIGMA)
    return min(MAX_WORDS, max(1, round(words)))


def _shares() -> dict[Voice, float]:
    """Return who speaks where, and how great a part of all is theirs."""
    shares: dict[Voice, float] = {}
    room_total = sum(1 / (rank + 1) for rank in range(ROOMS))
    speaker_total = sum(1 / (rank + 1) for rank in range(SPEAKERS_PER_ROOM))
    for rank in range(ROOMS):
        for place in range(SPEAKERS_PER_ROOM):
            number = (rank * 7 + place * 61) % PEOPLE
            share = ROOM_SHARE / (rank + 1) / room_total / (place + 1) / speaker_total
            shares[_voice(room(rank), person(number), "", room(rank))] = share
    pair_total = sum(1 / (rank + 1) for rank in range(PAIRS))
    for rank in range(PAIRS):
        first, second = map(person, _pair(rank))
        conversation = ",".join(sorted((first, second)))
        share = (1 - ROOM_SHARE) / (rank + 1) / pair_total / 2
        shares[_voice(conversation, first, second, second)] = share
        shares[_voice(conversation, second, first, first)] = share
    return shares


def _pair(rank: int) -> tuple[int, int]:
    """Return who the `rank`-th most talkative two are; no two ranks are the same pair."""
    first = rank % PEOPLE
    return first, (first + 1 + 37 * (rank // PEOPLE)) % PEOPLE


def _voice(conversation: str, sender: str, recipient: str, target: str) -> Voice:
    source = f"{sender}!{sender}@{sender}.example"
    return conversation, sender, recipient, source, sender, "PRIVMSG", target
