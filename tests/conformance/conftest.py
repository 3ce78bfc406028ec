"""A house with one account, and its owner: what most tests of accounts begin with."""

import pytest
from tests.unit.command.house import House


@pytest.fixture
def house():
    """Return a house with the account ann, whose password is secret."""
    house = House()
    house.account("ann")
    return house


@pytest.fixture
def ann(house):
    """Return a client that is signed in as ann."""
    return house.person("ann", "sasl", account="ann")
