"""What is due and what stands still in a planning cycle: pure functions."""

from collections.abc import Sequence
from datetime import date, timedelta

from services.contracts.projects.planning_cycle import (
    PlanningCycle,
    ProductInCycle,
    StepInCycle,
    TaskInCycle,
)
from services.contracts.projects.planning_tasks import (
    PlanningStep,
    PlanningTask,
    PlanningTaskState,
)


def cycle(
    tasks: Sequence[PlanningTask], on: date, due_within: int, still_after: int
) -> PlanningCycle:
    """Every step with its tasks and products as of the day; later products are not there yet."""
    return PlanningCycle(
        on=on,
        steps=[
            _step(step, [task for task in tasks if task.step is step], on, due_within, still_after)
            for step in PlanningStep
        ],
        hidden_links=sum(task.hidden_links for task in tasks),
    )


def _step(
    step: PlanningStep, tasks: Sequence[PlanningTask], on: date, due_within: int, still_after: int
) -> StepInCycle:
    seen = [_task(task, on, still_after) for task in tasks]
    products = [
        ProductInCycle(kind=product.kind, key=product.key, on=product.on, task=task.key)
        for task in tasks
        for product in task.products
        if product.on is None or product.on <= on
    ]
    due = [one for one in seen if one.days_left is not None and one.days_left <= due_within]
    return StepInCycle(
        step=step,
        tasks=seen,
        products=sorted(products, key=lambda one: one.on or date.min, reverse=True),
        latest_on=_latest([product.on for product in products], on),
        due=[one.key for one in sorted(due, key=lambda one: one.days_left or 0)],
        still=[one.key for one in seen if one.still_since is not None],
    )


def _task(task: PlanningTask, on: date, still_after: int) -> TaskInCycle:
    done = task.state is PlanningTaskState.done
    latest = _latest([product.on for product in task.products], on)
    return TaskInCycle(
        key=task.key,
        title=task.title,
        coordination=task.coordination,
        state=task.state,
        due_on=task.due_on,
        days_left=None if done or task.due_on is None else (task.due_on - on).days,
        latest_on=latest,
        still_since=None if done else _still(task, latest, on, still_after),
    )


def _latest(days: Sequence[date | None], on: date) -> date | None:
    return max((day for day in days if day is not None and day <= on), default=None)


def _still(task: PlanningTask, latest: date | None, on: date, still_after: int) -> date | None:
    """The last day on which something came of it, or else on which it began or was written down.

    What is to begin later does not stand still.
    """
    since = latest or task.starts_on or task.created_at.date()
    return since if since + timedelta(days=still_after) <= on else None
