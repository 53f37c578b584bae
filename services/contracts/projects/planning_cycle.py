"""The planning cycle: what each step has produced, what is due, what stands still."""

from collections.abc import Sequence
from datetime import date

from pydantic import Field

from services.contracts.projects.planning_tasks import (
    PlanningStep,
    PlanningTaskState,
    ProductKind,
)
from services.contracts.shared.base import Answer, Texts, example


class TaskInCycle(Answer):
    """A task of a step."""

    key: str
    title: Texts
    coordination: str
    state: PlanningTaskState
    due_on: date | None
    days_left: int | None = Field(
        description="Until it is due, below zero when overdue; null when done or without a day."
    )
    latest_on: date | None = Field(description="Day of its newest product.")
    still_since: date | None = Field(description="Since when nothing came; null: it does not.")


class ProductInCycle(Answer):
    """Something that a step has produced."""

    kind: ProductKind
    key: str
    on: date | None
    task: str


class StepInCycle(Answer):
    """A step of the cycle (Planungsschritt)."""

    step: PlanningStep
    tasks: list[TaskInCycle]
    products: list[ProductInCycle] = Field(description="Newest first, at the end without a day.")
    latest_on: date | None
    due: list[str] = Field(description="Tasks that are due soon or overdue, the earliest first.")
    still: list[str] = Field(description="Tasks that are not done and stand still.")


class PlanningCycle(Answer):
    """The cycle of a planning coordination on a day (Planungskreislauf)."""

    model_config = example(
        on="2027-03-01",
        steps=[
            {
                "step": "needs_analysis",
                "tasks": [],
                "products": [
                    {
                        "kind": "report",
                        "key": "sozialatlas-2024",
                        "on": "2025-03-14",
                        "task": "sozialstrukturatlas",
                    }
                ],
                "latest_on": "2025-03-14",
                "due": [],
                "still": ["sozialstrukturatlas"],
            }
        ],
        hidden_links=0,
    )

    on: date
    steps: Sequence[StepInCycle] = Field(description="All steps, also those without a task.")
    hidden_links: int = Field(description="Products that are not for you to see.")
