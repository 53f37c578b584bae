"""What OParl 1.1 answers, for the API document: its objects are described by the standard."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated

from pydantic import Field

from services.contracts.shared.base import Answer, example

_SYSTEM = "https://jena.example.org/oparl/v1.1/jena"


class OParlObject(Answer):
    """An object of OParl 1.1. What it has besides depends on its `type`; see oparl.org.

    Nothing is null: what has no value is not there. Our own properties begin with `Planraum:`.
    """

    model_config = {
        **Answer.model_config,
        **example(
            id=f"{_SYSTEM}/organizations/0193d3a4-5b6c-7d8e-9f00-112233445566",
            type="https://schema.oparl.org/1.1/Organization",
            name="Planungsbeirat LSZ",
            organizationType="Gremium",
            classification="Beirat",
            created="2026-01-15T10:30:00+01:00",
            modified="2026-01-15T10:30:00+01:00",
        ),
        "extra": "allow",
    }

    id: Annotated[str, Field(description="Its one address, for good.")]
    type: Annotated[str, Field(description="Its type, as an address of the standard.")]
    created: datetime
    modified: Annotated[datetime, Field(description="Moves with what is embedded, too.")]


class OParlPagination(Answer):
    """Where a page stands in its list."""

    model_config = example(totalElements=640, elementsPerPage=100, currentPage=2, totalPages=7)

    total_elements: Annotated[int, Field(alias="totalElements")]
    elements_per_page: Annotated[
        int, Field(alias="elementsPerPage", description="Of all pages but the last.")
    ]
    current_page: Annotated[int, Field(alias="currentPage")]
    total_pages: Annotated[int, Field(alias="totalPages")]


class OParlList(Answer):
    """A page of an external list."""

    model_config = example(
        data=[],
        pagination={
            "totalElements": 0,
            "elementsPerPage": 100,
            "currentPage": 1,
            "totalPages": 1,
        },
        links={
            "first": f"{_SYSTEM}/papers",
            "self": f"{_SYSTEM}/papers",
            "last": f"{_SYSTEM}/papers",
        },
    )

    data: Sequence[OParlObject]
    pagination: OParlPagination
    links: Annotated[
        Mapping[str, str],
        Field(description="`first`, `prev`, `self`, `last`, and `next` on all pages but the last."),
    ]
