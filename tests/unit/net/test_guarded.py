"""A task of one connection that fails ends that connection only."""

import asyncio

from tests.unit.net.street import Street

from rookery.net.guarded import guarded
from rookery.net.listener import Listener

WAIT_S = 60


def test_failure_drops_one_connection():
    """What is raised is not handed on to the task group; the others go on."""
    dropped = []

    async def fails():
        raise ZeroDivisionError

    async def run():
        async with asyncio.TaskGroup() as group:
            first = group.create_task(guarded(fails(), lambda: dropped.append("first")))
            second = group.create_task(guarded(asyncio.sleep(0), lambda: dropped.append("second")))
        return first.exception(), second.exception()

    assert asyncio.run(run()) == (None, None)
    assert dropped == ["first"]


def test_listener_goes_on():
    """A connection whose welcome fails in an unforeseen way is closed and counted no more."""
    street = Street()

    async def run():
        async with asyncio.TaskGroup() as group:
            listener = Listener(street.hall, group, object(), is_tls_only=True)
            listener.listen("127.0.0.1", 0)
            for _ in range(2):
                reader, writer = await asyncio.open_connection("127.0.0.1", listener.port)
                async with asyncio.timeout(WAIT_S):
                    assert await reader.read() == b""
                writer.close()
            listener.close()

    asyncio.run(run())
    assert street.hall.connection_count == 0
