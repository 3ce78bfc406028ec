"""A server that takes files, for the tests of uploads."""

import pytest
from tests.unit.net.uploads import Filehost


@pytest.fixture
def host():
    """A server that takes files."""
    return Filehost()
