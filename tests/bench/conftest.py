"""Result rows to compute with."""

import sys
from pathlib import Path

import pytest

# The measuring programs stand beside each other and import so.
sys.path.append(str(Path(__file__).parents[2] / "bench"))


class Make:
    """Rows of which only what matters is named."""

    def row(self, scenario, server, number=0, **figures):
        return {"scenario": scenario, "server": server, "round": number, "phase": "done"} | figures

    def rounds(self, scenario, server, key, values):
        """Return a row for each value of one figure, in rounds one after the other."""
        return [
            self.row(scenario, server, number, **{key: value})
            for number, value in enumerate(values)
        ]


@pytest.fixture(scope="session")
def make():
    """Return the maker of rows."""
    return Make()
