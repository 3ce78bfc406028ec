"""Waiting for threads, for what is a task of its own: a request over HTTP."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from rookery.command.node import Pool

T = TypeVar("T")


async def on_thread(pool: Pool, work: Callable[[], T]) -> T:
    """Return what `work` returns on a thread, or raise what it raises."""
    answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()

    def fail(error: Exception) -> None:
        if not answer.done():
            answer.set_exception(error)

    pool.run(work, _settling(answer), fail)
    return await answer


async def answered(ask: Callable[[Callable[[T], None]], None]) -> T:
    """Return what `ask` calls its argument with, sooner or later."""
    answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
    ask(_settling(answer))
    return await answer


def _settling(answer: asyncio.Future[T]) -> Callable[[T], None]:
    def settle(result: T) -> None:
        if not answer.done():  # Its request may have been given up meanwhile.
            answer.set_result(result)

    return settle
