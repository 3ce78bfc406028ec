import pytest

from rookery.core.throttle import MAX_KEYS, LoginThrottle, Pace, Throttle

PACE = Pace(free_tries=3, first_wait_ms=1000, max_wait_ms=60_000, forget_after_ms=120_000)


def _fails(throttle, key, times, at_ms=0):
    for _ in range(times):
        throttle.tried(key, at_ms)


@pytest.mark.parametrize(
    ("failures", "wait_ms"),
    ((0, 0), (2, 0), (3, 1000), (4, 2000), (5, 4000), (8, 32_000), (9, 60_000), (99, 60_000)),
)
def test_wait_doubles(failures, wait_ms):
    """The first tries are free; after each further one the wait doubles up to its maximum."""
    throttle = Throttle(PACE)
    _fails(throttle, "a", failures)
    assert throttle.wait_ms("a", 0) == wait_ms


def test_wait_passes():
    """Time that has passed counts, and others wait for nothing."""
    throttle = Throttle(PACE)
    _fails(throttle, "a", 4)
    assert throttle.wait_ms("a", 1500) == 500
    assert throttle.wait_ms("a", 2000) == 0
    assert throttle.wait_ms("b", 0) == 0


def test_forgotten():
    """After a long rest everything is free again, also for the next failure."""
    throttle = Throttle(PACE)
    _fails(throttle, "a", 9)
    assert throttle.wait_ms("a", 120_001) == 0
    throttle.tried("a", 120_001)
    assert throttle.wait_ms("a", 120_001) == 0


def test_clock_going_back():
    """A clock that goes back frees nobody."""
    throttle = Throttle(PACE)
    _fails(throttle, "a", 3, at_ms=10_000)
    assert throttle.wait_ms("a", 0) == 11_000


def test_success_forgets():
    """A success wipes the failures away."""
    throttle = Throttle(PACE)
    _fails(throttle, "a", 9)
    throttle.succeeded("a")
    assert throttle.wait_ms("a", 0) == 0


def test_off():
    """No free tries means that nobody is slowed down."""
    throttle = Throttle(Pace(0, 0, 0, 0))
    _fails(throttle, "a", 99)
    assert throttle.wait_ms("a", 0) == 0


def test_memory_is_bounded():
    """However many keys are tried, no more are remembered than fit; the oldest goes first."""
    throttle = Throttle(PACE)
    _fails(throttle, "first", 9)
    for number in range(MAX_KEYS):
        throttle.tried(str(number), 0)
    assert len(throttle._records) == MAX_KEYS
    assert throttle.wait_ms("first", 0) == 0


def _logins():
    return LoginThrottle(PACE, PACE)


def test_account_is_guarded_from_many_addresses():
    """Guesses at one account from many addresses count together."""
    logins = _logins()
    for number in range(3):
        logins.tried(f"10.0.0.{number}", "ann", 0)
    assert logins.wait_ms("10.0.0.9", "ann", 0) == 1000
    assert logins.wait_ms("10.0.0.9", "bob", 0) == 0


def test_address_is_slowed_over_many_accounts():
    """Guesses of one address at many accounts count together."""
    logins = _logins()
    for number in range(3):
        logins.tried("10.0.0.1", f"n{number}", 0)
    assert logins.wait_ms("10.0.0.1", "ann", 0) == 1000


def test_owner_is_not_locked_out():
    """Where the account has signed in before, guesses from elsewhere do not count."""
    logins = _logins()
    logins.tried("home", "ann", 0)
    logins.succeeded("home", "ann")
    for number in range(9):
        logins.tried(f"10.0.0.{number}", "ann", 0)
    assert logins.wait_ms("home", "ann", 0) == 0
    assert logins.wait_ms("elsewhere", "ann", 0) > 0


def test_own_account_washes_nothing_away():
    """Signing in to one's own account does not undo the guesses at others."""
    logins = _logins()
    for _ in range(3):
        logins.tried("home", "victim", 0)
        logins.tried("home", "own", 0)
        logins.succeeded("home", "own")
    assert logins.wait_ms("home", "victim", 0) > 0


def test_tries_that_were_never_judged():
    """A try that could not be carried out is taken back."""
    logins = _logins()
    for _ in range(9):
        logins.tried("home", "ann", 0)
        logins.take_back("home", "ann")
    assert logins.wait_ms("home", "ann", 0) == 0


def test_exempt():
    """No address means that nobody is slowed down, and that nothing is counted."""
    logins = _logins()
    for _ in range(9):
        logins.tried("", "ann", 0)
    assert logins.wait_ms("", "ann", 0) == 0
    assert logins.wait_ms("home", "ann", 0) == 0
