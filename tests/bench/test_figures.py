"""Many numbers become few without hiding what was not sound."""

import figures
import pytest
from figures import Spread
from replay import faults_in
from scenarios import CPU, P99, RATE


@pytest.mark.parametrize(
    ("changes", "expected"),
    (
        ({}, ""),
        ({"lost": 0, "dup": 0}, ""),
        ({"lost": 3, "last_error": "closed"}, "lost 3, closed"),
        ({"phase": "join", "last_error": ""}, "ended in join"),
        ({"wrong": 1, "last_error": "SEARCH text=x"}, "wrong 1, SEARCH text=x"),
        ({"flood_short": 1}, "flood_short 1"),
    ),
)
def test_fault_is_named(make, changes, expected):
    """A run that lost or doubled anything, or did not end, is unsound and says why."""
    assert expected == figures.faults(make.row("idle", "rookery") | changes)


def test_unsound_round_is_left_out(make):
    """Only sound rounds of the one server and scenario are counted, in the figure's unit."""
    rows = [
        make.row("room50-64", "rookery", 0, p99_us=1500),
        make.row("room50-64", "rookery", 1, p99_us=9, lost=1),
        make.row("room50-64", "ngircd", 1, p99_us=9),
        make.row("room50-1", "rookery", 2, p99_us=9),
        make.row("room50-64", "rookery", 3),
    ]
    assert figures.by_round(rows, "room50-64", "rookery", P99) == {0: 1.5}


def test_spread_is_the_median_with_its_range():
    """Of the rounds the median counts; nothing measured is nothing shown."""
    assert Spread(3, 1, 9) == figures.spread({0: 9, 1: 1, 2: 3})
    assert figures.spread({}) is None


def test_ratio_is_of_the_same_round():
    """A round that only one of the two has makes no ratio."""
    assert figures.ratios({0: 5, 1: 4}, {1: 2, 2: 1}) == {1: 2.0}
    assert figures.ratios({0: 5}, {0: 0}) == {}


@pytest.mark.parametrize(("figure", "expected"), ((RATE, {0: 7}), (CPU, {0: 5})))
def test_best_peer_of_each_round(figure, expected):
    """The best is the highest rate or the lowest cost, in rounds that every measured peer has."""
    assert expected == figures.best([{0: 5, 1: 3}, {0: 7}, {}], figure)
    assert figures.best([{}, {}], figure) == {}


@pytest.mark.parametrize(
    ("value", "expected"), ((1234567.8, "1,234,568"), (99.94, "99.9"), (0.054, "0.05"), (0, "0.00"))
)
def test_digits(value, expected):
    """A figure has the digits that mean something."""
    assert expected == figures.shown(value)


def test_ratio_shows_its_range():
    """The range stands beside the median where there is one."""
    assert figures.shown_ratio({0: 1.0, 1: 2.0, 2: 4.0}) == "2.00 (1.00 to 4.00)"
    assert figures.shown_ratio({0: 1.0}) == "1.00"
    assert figures.shown_ratio({}) == "-"


def test_quantiles():
    """p50 and p99 lie within what was seen, also of a single time."""
    assert figures.quantiles([2]) == {"p50_ms": 2, "p99_ms": 2, "max_ms": 2}
    found = figures.quantiles(range(1, 102))
    assert found == {"p50_ms": 51, "p99_ms": 100, "max_ms": 101}


@pytest.mark.parametrize(
    ("numbers", "lost", "dup", "gaps"),
    (
        ([0, 1, 2], 0, 0, 0),
        ([0, 2], 1, 0, 0),
        ([0, 1, 1, 2], 0, 1, 0),
        ([0, 2, 1], 0, 0, 1),
        ([], 3, 0, 0),
    ),
)
def test_what_came_is_counted(numbers, lost, dup, gaps):
    """What is lost, came again or came before an earlier one is told apart."""
    expected = {"delivered": 3 - lost, "lost": lost, "dup": dup, "gaps": gaps}
    assert expected == faults_in(numbers, 3)
