"""Random sequences of steps against the services: hypothesis presses the buttons of the API."""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from tests.support.towns import Door

Run = Callable[[Coroutine[Any, Any, Any]], Any]
"""Does a step on the loop of the services, and waits for it."""
Machine = Callable[[Run, Callable[[], Door], Counter[str]], type[RuleBasedStateMachine]]
"""Makes a machine that opens a door for each sequence, and counts what it reaches."""


async def walked(
    machine: Machine, open_door: Callable[[], Door], sequences: int, steps: int, **more: Any
) -> Counter[str]:
    """What was reached in so many sequences, the same every time, of so many steps at most.

    Fails when a step or an invariant of the machine does.
    """
    loop = asyncio.get_running_loop()

    def run(step: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(step, loop).result(60)

    reached: Counter[str] = Counter()
    chosen = settings(
        max_examples=sequences,
        stateful_step_count=steps,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        **more,
    )
    made = machine(run, open_door, reached)
    await asyncio.to_thread(run_state_machine_as_test, made, settings=chosen)
    return reached
