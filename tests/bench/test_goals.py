"""Goals are judged by medians, and say when nothing was measured."""

import goals
import pytest
from goals import Goal
from scenarios import ANSWERS, CPU, RATE, SCENARIOS


@pytest.mark.parametrize(
    ("figure", "values", "expected"),
    (
        (CPU, [0.2, 0.34, 9], True),
        (CPU, [0.2, 0.36, 9], False),
        (RATE, [0.2, 0.36, 9], True),
        (RATE, [0.2, 0.34, 9], False),
        (CPU, [], None),
    ),
)
def test_bound_is_on_the_median(make, figure, values, expected):
    """A cost must be at most its bound, a rate at least."""
    rows = make.rounds("room500-64", "rookery", figure.key, values)
    assert expected is goals.is_reached(Goal("room500-64", figure, 0.35), rows)


@pytest.mark.parametrize(("figure", "ratio"), ((RATE, 1.0), (CPU, 2.0)))
def test_ratio_is_to_the_best_peer_of_the_round(make, figure, ratio):
    """The faster of two is who must be passed, and the cheaper; ephemeral servers of ours not."""
    rows = [
        *make.rounds("room500-64", "rookery", figure.key, [8]),
        *make.rounds("room500-64", "rookery-ephemeral", figure.key, [1000]),
        *make.rounds("room500-64", "ngircd", figure.key, [8]),
        *make.rounds("room500-64", "inspircd", figure.key, [4]),
    ]
    goal = Goal("room500-64", figure, 1.5, is_versus_best=True)
    assert {0: ratio} == goals.measured(goal, rows)


def test_ratio_is_to_another_scenario_of_the_same_server(make):
    """What a browser's member costs is judged by what any other costs, in the same round."""
    rows = [
        *make.rounds("room500-64-websocket", "rookery", CPU.key, [0.3]),
        *make.rounds("room500-64", "rookery", CPU.key, [0.2]),
    ]
    goal = Goal("room500-64-websocket", CPU, 1.3, versus="room500-64")
    assert goals.measured(goal, rows) == {0: pytest.approx(1.5)}


@pytest.mark.parametrize(("archive_rows", "expected"), ((1000, True), (999, None)))
def test_goal_of_an_archive_needs_an_archive_so_large(make, archive_rows, expected):
    """What was asked of fewer messages than the goal names does not count."""
    row = make.row("history", "rookery", p99_ms=1, archive_rows=archive_rows)
    goal = Goal("history", ANSWERS[2], 5, archive_rows=1000)
    assert expected is goals.is_reached(goal, [row])
    assert goal.sentence == "p99 ms at most 5.00 in 1,000 messages"


def test_every_goal_is_a_figure_of_its_scenario():
    """No goal asks for a number that its scenario does not yield."""
    assert all(goal.figure in SCENARIOS[goal.scenario].figures for goal in goals.GOALS)


def test_table_says_which_are_reached(make):
    """Reached, missed and not measured are told apart, with the range of the rounds."""
    rows = [
        *make.rounds("idle", "rookery", "kib_per_conn", [3.5, 3, 5]),
        *make.rounds("idle", "rookery", "reg_per_s", [7000]),
    ]
    lines = goals.table(rows)
    assert "KiB/connection at most 4.00 | 3.50 (3.00 to 5.00) | yes |" in "\n".join(lines)
    assert "connections/s at least 8,000 | 7,000 (7,000 to 7,000) | **no** |" in "\n".join(lines)
    assert len(goals.GOALS) - 2 == sum("| not measured |" in line for line in lines)
