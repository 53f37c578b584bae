"""Shapes that several contracts of this service share."""

from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field

from services.contracts.shared.base import Key, Line, Texts, each_once

T = TypeVar("T")
Several = Annotated[list[T], Field(max_length=100)]


Keys = Annotated[Several[Key], AfterValidator(each_once)]
"""Keys of other resources, none of them twice."""
TextList = Several[Texts]
Lines = Several[Line]
