"""Shapes that several contracts of this service share."""

from collections.abc import Hashable, Sequence
from datetime import date
from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field, ValidationInfo

from services.contracts.shared.base import Key, Line, Texts

T = TypeVar("T")
Several = Annotated[list[T], Field(max_length=100)]


def _once(keys: list[str]) -> list[str]:
    each_once(keys)
    return keys


Keys = Annotated[Several[Key], AfterValidator(_once)]
"""Keys of other resources, none of them twice."""
TextList = Several[Texts]
Lines = Several[Line]


def each_once(things: Sequence[Hashable]) -> None:
    """Refuse a list that names something twice."""
    if len(set(things)) < len(things):
        raise ValueError("nothing may be named twice")


def not_before_start(ends_on: date | None, info: ValidationInfo) -> date | None:
    """For `field_validator("ends_on")`: the last day is not before `starts_on`."""
    starts_on = info.data.get("starts_on")
    if ends_on is not None and starts_on is not None and ends_on < starts_on:
        raise ValueError("the end is before the start")
    return ends_on
