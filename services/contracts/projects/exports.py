"""What is published of funded work, and what is left out and why (Open-Data-Ausgaben)."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from services.contracts.shared.base import Answer, example


class Export(StrEnum):
    """A form in which funded work is published (Open-Data-Ausgabe)."""

    list_of_operations = "list-of-operations.csv"
    threesixtygiving = "360giving.json"
    iati = "iati.xml"


class Incomplete(Answer):
    """What keeps a public grant or operation out of an export."""

    model_config = example(
        export="list-of-operations.csv",
        resource="grants",
        key="jena-armutspraevention-2016",
        missing=["intervention_code"],
    )

    export: Export
    resource: str
    key: str
    missing: Annotated[list[str], Field(description="Fields without a value that can be given.")]


class Completeness(Answer):
    """What the exports hold, and what they leave out and why (Vollständigkeit)."""

    model_config = example(
        exported={"list-of-operations.csv": 33, "360giving.json": 0, "iati.xml": 33},
        left_out=[
            {
                "export": "360giving.json",
                "resource": "grants",
                "key": "jena-armutspraevention-2016",
                "missing": ["granted_on"],
            }
        ],
    )

    exported: dict[Export, int]
    left_out: list[Incomplete]
