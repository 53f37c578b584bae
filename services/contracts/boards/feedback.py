"""What comes back to those who took part: counts and what became of it (Rückmeldebericht)."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from services.contracts.shared.base import Answer, Key, LongTexts, Request, Texts, example


class CountStatus(StrEnum):
    """Whether a number is shown, and why not (Geheimhaltung)."""

    counted = "counted"
    protected = "protected"


class NewFeedbackReport(Request):
    """What the office says to those who took part."""

    model_config = example(
        summary={"de": "Danke! Der Kurs beginnt künftig früher, ein Bus fährt später."}
    )

    summary: Annotated[LongTexts, Field(description="What became of the contributions.")]


class FeedbackCount(Answer):
    """How many contributions there are of one group."""

    model_config = example(key="wohnen", name={"de": "Wohnen"}, count=12, status="counted")

    key: Annotated[Key | None, Field(description="Null: nothing was chosen.")]
    name: Texts
    count: Annotated[int | None, Field(description="Null when it is protected.")]
    status: Annotated[
        CountStatus,
        Field(
            description="protected: fewer than `smallest_group`, or it would tell of a group with "
            "so few."
        ),
    ]


class FeedbackTable(Answer):
    """Contributions by one thing; the counts add up to the total."""

    model_config = example(
        by="category",
        counts=[{"key": "wohnen", "name": {"de": "Wohnen"}, "count": 12, "status": "counted"}],
    )

    by: Literal["category", "area", "target_group", "answer"]
    counts: Sequence[FeedbackCount]


class FeedbackReport(Answer):
    """A feedback report (Rückmeldebericht)."""

    model_config = example(
        process="armutspraevention-2026",
        name={"de": "Beteiligung zur Strategie der Armutsprävention 2026"},
        summary={"de": "Danke! Der Kurs beginnt künftig früher, ein Bus fährt später."},
        published_at="2026-07-01T09:00:00Z",
        smallest_group=5,
        total=12,
        total_status="counted",
        tables=[
            {
                "by": "category",
                "counts": [
                    {"key": "wohnen", "name": {"de": "Wohnen"}, "count": 12, "status": "counted"}
                ],
            }
        ],
        statements=3,
    )

    process: Key
    name: Texts
    summary: LongTexts | None
    published_at: Annotated[
        datetime | None, Field(description="Null: a preview for the administration.")
    ]
    smallest_group: int
    total: Annotated[int | None, Field(description="Contributions, those not shown included.")]
    total_status: CountStatus
    tables: Sequence[FeedbackTable]
    statements: Annotated[int, Field(description="Statements of organisations.")]
