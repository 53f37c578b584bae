"""The page of a body (Gremienseite): what a frontend shows of it first."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from pydantic import Field

from services.contracts.boards.bodies import Body
from services.contracts.boards.composition import Composition
from services.contracts.boards.meetings import Meeting
from services.contracts.shared.base import Answer, Key, Texts, example


class OpenResolution(Answer):
    """A resolution that is not yet carried out (offener Beschluss)."""

    model_config = example(
        key="familienzentren-beschluss-2026",
        reference="B-0004/2026",
        title={"de": "Förderung der Familienzentren"},
        decided_on="2026-04-14",
        tasks=2,
        due_on="2026-09-30",
    )

    key: Key
    reference: str
    title: Texts
    decided_on: date
    tasks: Annotated[int, Field(description="How many of its tasks are still to be done.")]
    due_on: Annotated[
        date | None, Field(description="When the first of them is due; null when no day is set.")
    ]


class BoardPage(Answer):
    """A body with its seats, its next meeting and its open resolutions."""

    body: Body
    composition: Composition
    next_meeting: Annotated[
        Meeting | None, Field(description="The next that is not cancelled; null when none is set.")
    ]
    open_resolutions: Annotated[
        Sequence[OpenResolution],
        Field(description="The latest first, 100 at most; all of them: `/resolutions?open=true`."),
    ]
