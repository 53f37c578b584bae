"""Attendance: who was there, when, for whom, and who was not (Anwesenheit)."""

from itertools import pairwise
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from services.contracts.boards.meetings import Moment, after_start
from services.contracts.shared.base import Key, Request, Stored, Texts, Visibility, example


class Stay(Request):
    """A time in which somebody was there (Anwesenheitszeit)."""

    model_config = example(starts_at="2026-03-12T13:00:00+01:00", ends_at=None)

    starts_at: Annotated[Moment | None, Field(description="Null: from the beginning.")] = None
    ends_at: Annotated[
        Moment | None,
        AfterValidator(after_start),
        Field(description="The first moment of being away; null: to the end."),
    ] = None


class AttendanceEntry(Request):
    """What is written down of one member (Anwesenheit), in a list of all."""

    model_config = example(membership="m-5rj3tq2wxa", present=False, reason={"de": "Dienstreise"})

    membership: Annotated[Key, Field(description="Who, as a membership of the body; for good.")]
    present: bool
    stays: Annotated[
        list[Stay],
        Field(max_length=20, description="When, if not from beginning to end; in order."),
    ] = []
    reason: Annotated[
        Texts | None,
        Field(
            description="Why somebody was absent or left (Abwesenheitsgrund); told to the body and "
            "the administration alone."
        ),
    ] = None
    substitutes_for: Annotated[
        Key | None,
        Field(
            description="The membership whose place a substitute takes, with its vote, while that "
            "member is away or excluded (Vertretung)."
        ),
    ] = None
    objects: Annotated[
        bool,
        Field(description="Whether the member objects to a defect of the invitation (Rüge)."),
    ] = False

    @field_validator("stays")
    @classmethod
    def _in_order(cls, stays: list[Stay], info: ValidationInfo) -> list[Stay]:
        if stays and not info.data.get("present", True):
            raise ValueError("who was absent was there at no time")
        for earlier, later in pairwise(stays):
            if earlier.ends_at is None or later.starts_at is None:
                raise ValueError("only the first time may have no start, only the last no end")
            if later.starts_at < earlier.ends_at:
                raise ValueError("the times overlap or are not in order")
        return stays

    @field_validator("substitutes_for", "objects")
    @classmethod
    def _of_present(cls, given: Key | bool | None, info: ValidationInfo) -> Key | bool | None:
        if given and not info.data.get("present", True):
            raise ValueError("who was absent neither stands in nor objects")
        return given


class NewAttendance(AttendanceEntry):
    """A member's presence at a meeting (Anwesenheit), or absence with its reason."""

    model_config = example(
        meeting="praeventionsnetz-2026-1",
        membership="m-5rj3tq2wxa",
        present=True,
        stays=[{"starts_at": "2026-03-12T13:20:00+01:00", "ends_at": None}],
        reason=None,
        substitutes_for=None,
        objects=False,
    )

    key: Annotated[Key | None, Field(description="Leave it out to get one.")] = None
    meeting: Annotated[Key, Field(description="For good.")]
    visibility: Annotated[
        Visibility | None, Field(description="Null: as the procedure of the body says.")
    ] = None


class AttendanceList(Request):
    """The attendance of a meeting at once (Anwesenheitsliste)."""

    model_config = example(
        entries=[
            {"membership": "m-5rj3tq2wxa", "present": True},
            {"membership": "m-7kd4vn2kzd", "present": False, "reason": {"de": "Dienstreise"}},
        ]
    )

    entries: Annotated[list[AttendanceEntry], Field(min_length=1, max_length=1000)]

    @field_validator("entries")
    @classmethod
    def _each_once(cls, entries: list[AttendanceEntry]) -> list[AttendanceEntry]:
        if len({entry.membership for entry in entries}) < len(entries):
            raise ValueError("a member is named twice")
        return entries


class Attendance(Stored, NewAttendance):
    """An attendance as it is stored."""

    model_config = {**Stored.model_config, **NewAttendance.model_config, "extra": "ignore"}

    key: Annotated[Key, Field(examples=["at-7hq4vn2kzd"])]
    visibility: Visibility
