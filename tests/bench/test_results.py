"""The page of results is computed from the rows alone."""

import corpus
import pytest
import report
import results
from scenarios import (
    EPHEMERAL,
    GROWTH,
    GROWTH_ROUNDS,
    OURS,
    PARTS,
    SCENARIOS,
    of_part,
    takes_part,
)

HEAD = {
    "machine": "a machine, load average 0.1 before",
    "commit": "abc of 2026-11-22",
    "began_s": 0,
    "ended_s": 600,
    "load_after": 1.5,
    "notes": ["a note"],
}


def test_page_has_goals_tables_pictures_and_what_was_left_out(make, tmp_path):
    """Machine, commit, date and load are told; an unsound run is named and not counted."""
    rows = [
        *make.rounds("room50-64", "rookery", "deliveries_per_s", [200, 400]),
        *make.rounds("room50-64", "ngircd", "deliveries_per_s", [100, 100]),
        make.row("history", "rookery", 1, p99_ms=3, wrong=2, archive_rows=4000),
    ]
    results.write(tmp_path, HEAD, rows)
    page = (tmp_path / "RESULTS.md").read_text()
    for words in ("abc of 2026-11-22", "a machine", "1.5 after", "1970-01-01", "- a note"):
        assert words in page
    assert "| deliveries/s ↑ | 300 | 100 | 3.00 (2.00 to 4.00) |" in page
    assert "In 4,000 messages. One person in 38 rooms" in page
    assert "**Not counted**: rookery, history, round 2: wrong 2." in page
    pictures = {path.name for path in (tmp_path / "plots").iterdir()}
    assert {"room.svg", "ratios.svg"} == pictures
    assert all(f"plots/{name}" in page for name in pictures)


def test_table_compares_with_each_peer_that_was_measured(make):
    """A peer that was not measured has no column."""
    rows = make.rounds("idle", "rookery", "reg_per_s", [8000])
    rows += make.rounds("idle", "inspircd", "reg_per_s", [2000])
    head, _, *lines = report.table(rows, SCENARIOS)
    assert head == "| scenario | figure | rookery | inspircd | rookery / inspircd |"
    assert lines[0] == "| idle connections | connections/s ↑ | 8,000 | 2,000 | 4.00 |"


def test_every_scenario_belongs_to_a_part():
    """Nothing that is measured is left out of the choice of parts."""
    assert [*SCENARIOS] == sorted(of_part(*PARTS), key=[*SCENARIOS].index)


@pytest.mark.parametrize(
    ("scenario", "server", "number", "expected"),
    (
        ("history", OURS, 9, True),
        ("history", "ngircd", 0, False),
        ("members-10", "ngircd", GROWTH_ROUNDS - 1, True),
        ("members-10", "ngircd", GROWTH_ROUNDS, False),
        ("members-10", EPHEMERAL, 0, False),
        ("room50-64", EPHEMERAL, 9, True),
    ),
)
def test_who_is_measured_where(scenario, server, number, expected):
    """The archive is ours alone, and growth is measured in the first rounds."""
    assert expected is takes_part(SCENARIOS[scenario], server, number)


def test_growth_has_a_size_for_each_point():
    """Each point of a curve says what grows and how far."""
    points = [SCENARIOS[name] for name in of_part(GROWTH)]
    assert {"members", "rooms", "connections"} == {point.of for point in points}
    assert all(f"{point.of}-{point.size}" == point.name for point in points)


def test_corpus_is_drawn_by_zipf_and_the_same_each_time():
    """Frequent words are more frequent; no two ranks are one word; a seed gives the same rows."""
    table = corpus.zipf_table(100, 10_000)
    assert len(table) == 10_000
    assert table.count(0) == pytest.approx(2 * table.count(1), rel=0.01)
    assert len({corpus.word(rank) for rank in range(5000)}) == 5000
    ids = range(1, 50)
    assert corpus.begin(7).rows(ids) == corpus.begin(7).rows(ids)
