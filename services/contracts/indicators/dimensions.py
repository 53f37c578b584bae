"""Dimensions: by what figures are broken down, and how their codes are read (Merkmale)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, TypeAlias

from pydantic import Field, field_validator

from services.contracts.shared.base import (
    Answer,
    Code,
    Key,
    Request,
    Stored,
    Texts,
    Visibility,
    example,
)


class DimensionRole(StrEnum):
    """What a dimension tells of those who are counted, so that charts know what they show."""

    age = "age"
    sex = "sex"
    nationality = "nationality"
    household = "household"
    other = "other"


class Attribute(Request):
    """A category of a dimension (Ausprägung); those that belong to a wider one name it."""

    model_config = example(
        code="ALT000B03", name={"de": "unter 3 Jahre", "en": "under 3 years"}, parent=None
    )

    code: Code
    name: Texts
    parent: Annotated[
        Code | None, Field(description="The code of the wider category that it is part of.")
    ] = None


class NewDimension(Request):
    """A dimension (Merkmal) with its code list (Ausprägungen)."""

    model_config = example(
        key="geschlecht",
        code="GES",
        name={"de": "Geschlecht", "en": "Sex"},
        total={"de": "Insgesamt", "en": "Total"},
        role="sex",
        attributes=[
            {"code": "GESM", "name": {"de": "männlich", "en": "male"}, "parent": None},
            {"code": "GESW", "name": {"de": "weiblich", "en": "female"}, "parent": None},
        ],
        visibility="public",
    )

    key: Key
    code: Annotated[Code, Field(description="As in breakdowns: `GES` in `GES=GESM`.")]
    name: Texts
    total: Annotated[
        Texts, Field(description="What all categories together are called (Insgesamt).")
    ] = {"de": "Insgesamt", "en": "Total", "it": "Totale"}
    role: DimensionRole = DimensionRole.other
    attributes: list[Attribute] = Field(
        default=[], max_length=2000, description="The categories, in the order to show them in."
    )
    visibility: Visibility = Visibility.public

    @field_validator("attributes")
    @classmethod
    def _is_a_forest(cls, attributes: list[Attribute]) -> list[Attribute]:
        parents = {attribute.code: attribute.parent for attribute in attributes}
        if len(parents) < len(attributes):
            raise ValueError("a code stands in the list twice")
        for code, parent in parents.items():
            seen = {code}
            while parent is not None:
                if parent not in parents:
                    raise ValueError(f"{parent} is no code of the list")
                if parent in seen:
                    raise ValueError(f"{code} would be part of itself")
                seen.add(parent)
                parent = parents[parent]
        return attributes


class Dimension(Stored, NewDimension):
    """A dimension as it is stored."""

    model_config = {**Stored.model_config, **NewDimension.model_config, "extra": "ignore"}


class DimensionInBrief(Answer):
    """What is needed to read the codes of a dimension; a code not in it is its own label."""

    model_config = example(
        name={"de": "Geschlecht", "en": "Sex"},
        total={"de": "Insgesamt", "en": "Total"},
        role="sex",
        attributes=[{"code": "GESM", "name": {"de": "männlich", "en": "male"}, "parent": None}],
    )

    name: Texts
    total: Texts
    role: DimensionRole
    attributes: list[Attribute] = Field(description="In the order to show them in.")


Labels: TypeAlias = Mapping[str, DimensionInBrief]
"""How codes are read, by the code of the dimension."""
