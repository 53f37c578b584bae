"""Shapes that several contracts of this service share."""

from collections.abc import Hashable, Sequence
from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field

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
