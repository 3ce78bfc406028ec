"""The queue of pushes, without a network and without a clock."""

import asyncio
import dataclasses

import pytest
from tests.unit.post import PACE, SENT, Post, device

from rookery.pusher import MAX_PAUSE_S, Kind, Outcome

GONE, LATER, REFUSED = map(Outcome, (Kind.GONE, Kind.LATER, Kind.REFUSED))
ANN, BOB, CID = map(device, ("ann", "bob", "cid"))


def _run(work):
    asyncio.run(work)


def test_pushes_of_a_device_keep_their_order_and_distance():
    """One after the other, with a pause behind each."""
    post = Post()

    async def work():
        async with post.running():
            for line in (b"1", b"2", b"3"):
                post.pusher.push(ANN, line)
            await post.settle()

    _run(work())
    assert post.sender.sent == [("ann", b"1"), ("ann", b"2"), ("ann", b"3")]
    assert post.pauses == [1.0, 1.0, 1.0]
    assert post.pusher.counts["sent"] == 3
    assert post.sender.is_closed


def test_what_comes_before_the_start_is_sent_then():
    """Nothing is lost of what is stored while the server starts."""
    post = Post()

    async def work():
        post.pusher.push(ANN, b"1")
        async with post.running():
            await post.settle()

    _run(work())
    assert post.sender.sent == [("ann", b"1")]


def test_a_service_that_hangs_holds_up_nobody_else():
    """Other devices are told meanwhile, and no more at once than allowed."""
    hanging = asyncio.Event()
    post = Post(hanging)

    async def work():
        async with post.running():
            for device in (ANN, BOB, CID):
                post.pusher.push(device, b"1")
            while len(post.sender.sent) < 3:
                await asyncio.sleep(0)
            assert post.pusher.counts["sent"] < 3
            hanging.set()
            await post.settle()

    _run(work())
    assert (post.sender.most_under_way, post.pusher.counts["sent"]) == (2, 3)


def test_one_account_does_not_take_all_places():
    """However many of its devices hang, another account is told meanwhile."""
    hanging = asyncio.Event()
    post = Post(*[hanging] * 2, pace=dataclasses.replace(PACE, at_once=3))
    other = device("other")._replace(account="bob")

    async def work():
        async with post.running():
            for device in (ANN, BOB, CID, other):
                post.pusher.push(device, b"1")
            while post.pusher.counts["sent"] < 1:
                await asyncio.sleep(0)
            assert [name for name, _ in post.sender.sent] == ["ann", "bob", "other"]
            hanging.set()
            await post.settle()

    _run(work())
    assert post.pusher.counts["sent"] == 4


def test_failures_are_tried_again_later_and_later():
    """Until it is sent, or the tries are used up."""
    post = Post(LATER, LATER, SENT)

    async def work():
        async with post.running():
            post.pusher.push(ANN, b"1")
            await post.settle()

    _run(work())
    first, second, pause = post.pauses
    assert 10 <= first <= 12.5
    assert 20 <= second <= 25
    assert (pause, post.pusher.counts["sent"]) == (1.0, 1)


def test_a_push_that_fails_for_too_long_is_dropped():
    """The next one is tried as if nothing had been."""
    post = Post(LATER, LATER, LATER, SENT)

    async def work():
        async with post.running():
            post.pusher.push(ANN, b"1")
            post.pusher.push(ANN, b"2")
            await post.settle()

    _run(work())
    assert post.sender.sent == [("ann", b"1")] * 3 + [("ann", b"2")]
    assert (post.pusher.counts["refused"], post.pusher.counts["sent"]) == (1, 1)


@pytest.mark.parametrize(("asked_s", "least_s"), ((60.0, 60.0), (1e9, MAX_PAUSE_S), (1.0, 10.0)))
def test_a_service_may_ask_to_wait(asked_s, least_s):
    """Retry-After counts, within reason."""
    post = Post(Outcome(Kind.LATER, asked_s), SENT)

    async def work():
        async with post.running():
            post.pusher.push(ANN, b"1")
            await post.settle()

    _run(work())
    assert least_s <= post.pauses[0] <= least_s * 1.25


def test_a_device_that_is_gone_is_forgotten():
    """With all that waits for it."""
    post = Post(GONE)

    async def work():
        async with post.running():
            post.pusher.push(ANN, b"1")
            post.pusher.push(ANN, b"2")
            await post.settle()

    _run(work())
    assert (post.gone, post.sender.sent) == ([ANN.endpoint], [("ann", b"1")])
    assert post.pusher._waiting == 0


def test_what_is_refused_is_not_tried_again():
    """A service that says no means it."""
    post = Post(REFUSED)

    async def work():
        async with post.running():
            post.pusher.push(ANN, b"1")
            await post.settle()

    _run(work())
    assert (len(post.sender.sent), post.pusher.counts["refused"]) == (1, 1)


def test_queues_are_bounded():
    """Of a device the oldest is dropped, of all the newest."""
    post = Post()

    async def work():
        for number in range(4):
            post.pusher.push(ANN, b"%d" % number)
        for number in range(4):
            post.pusher.push(BOB, b"%d" % number)
        assert post.pusher.counts["dropped"] == 3
        async with post.running():
            await post.settle()

    _run(work())
    assert [line for device, line in post.sender.sent if device == "ann"] == [b"1", b"2", b"3"]
    assert [line for device, line in post.sender.sent if device == "bob"] == [b"0", b"1"]


def test_a_device_that_is_told_no_longer_gets_nothing_more():
    """What waits for it is dropped, and takes no room."""
    post = Post()

    async def work():
        post.pusher.push(ANN, b"1")
        post.pusher.forget(ANN.endpoint)
        async with post.running():
            await post.settle()

    _run(work())
    assert (post.sender.sent, post.pusher._waiting) == ([], 0)


def test_a_push_under_way_is_not_tried_again_for_nobody():
    """Who is told no longer is left alone."""
    post = Post(LATER)

    async def pause(_):
        post.pusher.forget(ANN.endpoint)

    post.pusher._sleep = pause

    async def work():
        async with post.running():
            post.pusher.push(ANN, b"1")
            await post.settle()

    _run(work())
    assert post.sender.sent == [("ann", b"1")]
    assert post.pusher._waiting == 0


def test_nobody_gets_what_an_endpoints_earlier_owner_was_told():
    """Another account on the same browser: what is tried again was not for that one."""
    post = Post(LATER)
    taken_over = ANN._replace(account="bob", public_key="another")

    async def pause(_):
        if len(post.sender.sent) == 1:
            post.pusher.forget(ANN.endpoint)
            post.pusher.push(taken_over, b"2")
        await asyncio.sleep(0)

    post.pusher._sleep = pause

    async def work():
        async with post.running():
            post.pusher.push(ANN, b"1")
            await post.settle()

    _run(work())
    assert post.sender.sent == [("ann", b"1"), ("ann", b"2")]
    assert post.pusher.counts["sent"] == 1


def test_a_fault_ends_one_device_alone(caplog):
    """It is logged, and the others are told."""
    post = Post(RuntimeError("a fault"))

    async def work():
        async with post.running():
            post.pusher.push(ANN, b"1")
            await post.settle()
            post.pusher.push(BOB, b"2")
            await post.settle()

    _run(work())
    assert post.sender.sent == [("ann", b"1"), ("bob", b"2")]
    assert post.pusher.counts["sent"] == 1
