"""Shapes that several contracts of this service share."""

from typing import Annotated, TypeVar

from pydantic import Field

from services.contracts.shared.base import Line, Texts

T = TypeVar("T")
Several = Annotated[list[T], Field(max_length=100)]


TextList = Several[Texts]
Lines = Several[Line]
