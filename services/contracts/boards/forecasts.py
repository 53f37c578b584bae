"""What will change in the composition of a body (Vorausschau auf die Besetzung)."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from services.contracts.boards.violations import Violation
from services.contracts.shared.base import Answer, Key, Texts, example


class ForecastCode(StrEnum):
    """What happens on a day (Ereignis)."""

    membership_begins = "membership_begins"
    membership_ended = "membership_ended"
    substitute_begins = "substitute_begins"
    substitute_ended = "substitute_ended"
    term_ended = "term_ended"
    carry_over_begins = "carry_over_begins"
    organisation_begins = "organisation_begins"
    organisation_ended = "organisation_ended"
    seat_begins = "seat_begins"
    seat_ended = "seat_ended"
    rule_begins = "rule_begins"
    rule_ended = "rule_ended"
    body_begins = "body_begins"
    body_ended = "body_ended"


class ForecastEvent(Answer):
    """One thing that happens (Ereignis)."""

    model_config = example(
        code="term_ended",
        seat="planungsbeirat-lsz-paritaetischer",
        rule=None,
        organisation="paritaetischer",
        membership="m-5rj3tq2wxa",
        text={
            "de": "Die Amtszeit auf „Paritätischer Wohlfahrtsverband“ ist zu Ende.",
            "en": "The term on “Paritätischer Wohlfahrtsverband” is over.",
        },
    )

    code: ForecastCode
    seat: Key | None
    rule: Key | None
    organisation: Annotated[Key | None, Field(description="Null also when it is hidden.")]
    membership: Annotated[Key | None, Field(description="Null also when it is hidden.")]
    text: Annotated[Texts, Field(description="A sentence that says it.")]


class ForecastChange(Answer):
    """A day on which something changes, and what is wrong from then on (Änderung)."""

    model_config = example(on="2026-07-01", complete=False, events=[], appears=[], disappears=[])

    on: Annotated[date, Field(description="The first day of the new state.")]
    complete: Annotated[bool, Field(description="Every seat is filled as its rule says.")]
    events: Sequence[ForecastEvent]
    appears: Annotated[
        Sequence[Violation], Field(description="What is wrong from this day on, if nobody acts.")
    ]
    disappears: Annotated[Sequence[Violation], Field(description="What is right from this day on.")]


class Forecast(Answer):
    """What will change in the composition of a body, day by day (Vorausschau)."""

    model_config = example(
        body="planungsbeirat-lsz", on="2026-01-15", until="2027-01-15", changes=[]
    )

    body: Key
    on: Annotated[date, Field(description="The day from which one looks ahead.")]
    until: Annotated[date, Field(description="The last day that was looked at.")]
    changes: Annotated[Sequence[ForecastChange], Field(description="Earliest first.")]
