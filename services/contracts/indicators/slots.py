"""Slots: which figures a supplier has agreed to deliver, and by when (Lieferslots)."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from services.contracts.shared.base import (
    Answer,
    Key,
    Line,
    Prose,
    Request,
    Stored,
    Texts,
    each_once,
    example,
)

SlotPeriodicity = Literal["month", "quarter", "half_year", "year"]
_PERIOD = r"^\d{4}(-(0[1-9]|1[0-2]|Q[1-4]|S[12]))?$"
_FORMS = {"year": 4, "month": 7, "quarter": 7, "half_year": 7}
_SIGNS = {"quarter": "Q", "half_year": "S"}
Agreed = Annotated[str, Field(pattern=_PERIOD, examples=["2025-Q1"])]


class SlotState(StrEnum):
    """Whether what was agreed is there."""

    expected = "expected"
    received = "received"
    overdue = "overdue"


class NewSlot(Request):
    """A slot (Lieferslot): an agreement with a supplier on what comes how often and by when."""

    model_config = example(
        key="sgb2-quartalslieferung",
        title={"de": "SGB II je Quartal", "en": "SGB II by quarter"},
        supplier="jenarbeit",
        indicators=["sgb2-leistungsberechtigte", "sgb2-bedarfsgemeinschaften"],
        periodicity="quarter",
        first_period="2025-Q1",
        last_period=None,
        days_until_due=45,
        reminder_days=14,
        contact_role="Fachstelle Controlling und Statistik",
        note=None,
    )

    key: Key
    title: Texts
    supplier: Annotated[Key, Field(description="Key of the organisation that delivers.")]
    indicators: Annotated[
        list[Key],
        Field(min_length=1, max_length=200, description="All of them belong to a period."),
        AfterValidator(each_once),
    ]
    periodicity: SlotPeriodicity
    first_period: Annotated[Agreed, Field(description="The first that was agreed on.")]
    last_period: Annotated[
        Agreed | None, Field(description="The last; null while the agreement lasts.")
    ] = None
    days_until_due: int = Field(
        ge=0, le=730, description="Days after the end of a period until its figures are due."
    )
    reminder_days: int = Field(
        default=14, ge=0, le=365, description="Days before that, from which on we remind."
    )
    contact_role: Annotated[
        Line | None, Field(description="The office or role to ask, never a person's name.")
    ] = None
    note: Prose | None = None

    @field_validator("first_period", "last_period")
    @classmethod
    def _fits_the_periodicity(cls, period: str | None, info: ValidationInfo) -> str | None:
        periodicity = info.data.get("periodicity")
        if period is None or periodicity is None:
            return period
        if len(period) != _FORMS[periodicity] or _SIGNS.get(periodicity, "") not in period[4:]:
            raise ValueError(f"this is no {periodicity.replace('_', ' ')}")
        if periodicity == "month" and not period[5:].isdigit():
            raise ValueError("this is no month")
        first = info.data.get("first_period")
        if info.field_name == "last_period" and first is not None and period < first:
            raise ValueError("it lies before the first period")
        return period


class Slot(Stored, NewSlot):
    """A slot as it is stored."""

    model_config = {**Stored.model_config, **NewSlot.model_config, "extra": "ignore"}


class SlotPeriod(Answer):
    """One period of a slot."""

    model_config = {
        **Answer.model_config,
        **example(
            slot="sgb2-quartalslieferung",
            supplier="jenarbeit",
            period="2025-Q1",
            due_on="2025-05-15",
            state="overdue",
            missing=["sgb2-bedarfsgemeinschaften"],
            deliveries=["delivery-7"],
        ),
    }

    slot: Key
    supplier: Key
    period: str
    due_on: date = Field(description="The last day on time.")
    state: SlotState
    missing: list[Key] = Field(description="Indicators of which nothing has come yet.")
    deliveries: list[Key] = Field(description="What has come, whether checked or released.")


class SlotReminder(SlotPeriod):
    """A period that is missing: due soon, or overdue (Mahnung)."""

    model_config = {
        **Answer.model_config,
        **example(
            slot="sgb2-quartalslieferung",
            supplier="jenarbeit",
            period="2025-Q1",
            due_on="2025-05-15",
            state="overdue",
            missing=["sgb2-bedarfsgemeinschaften", "sgb2-leistungsberechtigte"],
            deliveries=[],
            title={"de": "SGB II je Quartal"},
            contact_role="Fachstelle Controlling und Statistik",
            days_late=3,
        ),
    }

    title: Texts
    contact_role: str | None
    days_late: int = Field(description="Days since it was due; negative while there is time.")
