"""Ending what runs in the background."""

import asyncio
from typing import Any


async def ended(task: "asyncio.Task[Any]") -> None:
    """Cancel a task until it has ended.

    `wait_for` of Python 3.11 loses a cancellation that arrives in the moment of its timeout; a
    task that waits in a loop would then go on for ever, and whoever awaits it too.
    """
    while not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=1)
