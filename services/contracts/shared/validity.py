"""From when until when something holds (Gültigkeit): days, both included."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo


def not_before_start(ends_on: date | None, info: ValidationInfo) -> date | None:
    """For a field `ends_on` declared after `starts_on`: the last day is not before the first."""
    starts_on = info.data.get("starts_on")
    if ends_on is not None and starts_on is not None and ends_on < starts_on:
        raise ValueError("it ends before it starts")
    return ends_on


StartsOn = Annotated[
    date | None, Field(description="First day; null when it is not known or always was.")
]
EndsOn = Annotated[
    date | None,
    AfterValidator(not_before_start),
    Field(description="Last day; null while it lasts. Refused before the first day."),
]
"""Declare it after `starts_on`."""
