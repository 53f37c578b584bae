"""What an import of a published list of operations tells (Einlesen einer Vorhabenliste)."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from services.contracts.projects.operations import OperationField
from services.contracts.shared.base import Answer, Money, Percent, example


class RowProblem(Answer):
    """What is wrong with one cell of a list, and what was expected there."""

    model_config = example(
        row=12,
        column="Ende des Vor-habens",
        field="ends_on",
        code="date",
        expected="A day such as 31.12.2017 or 2017-12-31.",
    )

    row: Annotated[int, Field(description="Row of the table, the first is 1.")]
    column: Annotated[str | None, Field(description="As the list heads it.")]
    field: OperationField | None
    code: str
    expected: str


class Repair(Answer):
    """What an import understood otherwise than it is written."""

    model_config = example(row=31, field="postcode", written="7743 Jena", read="07743")

    row: int
    field: OperationField
    written: str
    read: str


class LeavingOut(StrEnum):
    """Why a row of a list is not imported."""

    no_beneficiary = "no_beneficiary"
    no_operation = "no_operation"
    not_a_known_legal_entity = "not_a_known_legal_entity"


class LeftOut(Answer):
    """A row that is not imported, without the words it holds."""

    model_config = example(row=17, reason="not_a_known_legal_entity")

    row: int
    reason: LeavingOut


class Repeat(Answer):
    """A row that says what an earlier one says, or gives its number to another operation."""

    model_config = example(row=35, first=6, wholly=True)

    row: int
    first: Annotated[int, Field(description="The earlier row.")]
    wholly: Annotated[
        bool, Field(description="In every cell; else only the number of the operation is the same.")
    ]


class ShareRemark(Answer):
    """A row whose amount of the Union is not what its rate gives of the total."""

    model_config = example(row=12, rate="80", told="100000.00", expected="108016.32")

    row: int
    rate: Percent
    told: Annotated[Money, Field(description="As the list has it; this is imported.")]
    expected: Annotated[Money, Field(description="What the rate gives of the total.")]


class OperationChanged(Answer):
    """An operation that a newer edition words otherwise, and in which fields."""

    model_config = example(operation="esf-thueringen-2014-0a1b2c3d4e5f6071", fields=["ends_on"])

    operation: str
    fields: list[str]


class OperationsImported(Answer):
    """What an import of a list did, or would do (dry run)."""

    model_config = example(
        dry_run=True,
        edition="2016-07-01",
        header_row=8,
        columns={"name": "Bezeichnung des Vorhabens"},
        ignored=["Land"],
        rows=33,
        created=["esf-thueringen-2014-0a1b2c3d4e5f6071"],
        changed=[],
        unchanged=0,
        vanished=[],
        linked={"esf-thueringen-2014-0a1b2c3d4e5f6071": "jena-armutspraevention-2016"},
        left_out=[],
        repairs=[{"row": 31, "field": "postcode", "written": "7743 Jena", "read": "07743"}],
        repeats=[],
        share_remarks=[],
        problems=[],
        total_cost="135020.40",
        list_total="135020.40",
        union_share="108016.32",
    )

    dry_run: bool
    edition: date
    header_row: int
    columns: Annotated[
        dict[OperationField, str], Field(description="What was recognised, by its heading.")
    ]
    ignored: Annotated[list[str], Field(description="Headings of columns that say nothing here.")]
    rows: Annotated[int, Field(description="Rows below the header that hold something.")]
    created: list[str]
    changed: list[OperationChanged]
    unchanged: int
    vanished: Annotated[list[str], Field(description="Listed before, and not any more.")]
    linked: Annotated[
        dict[str, str],
        Field(description="New operation -> own public grant with the same days and cost."),
    ]
    left_out: Annotated[
        list[LeftOut], Field(description="Rows that may name natural persons: never imported.")
    ]
    repairs: list[Repair]
    repeats: Annotated[
        list[Repeat],
        Field(
            description="Rows that may count an operation twice. They are imported as they are: "
            "where it is one operation, take them out of the file."
        ),
    ]
    share_remarks: Annotated[
        list[ShareRemark],
        Field(
            description="Rows whose Union share contradicts their rate by more than its rounding "
            "to 0.01 %. The amount is imported: the rate may be that of a whole priority axis."
        ),
    ]
    problems: Annotated[
        list[RowProblem],
        Field(description="Only a dry run shows them here; at most 200. Storing is refused (422)."),
    ]
    total_cost: Annotated[Money, Field(description="Sum over the rows that were understood.")]
    list_total: Annotated[
        Money | None,
        Field(
            description="The sum that the list itself gives in a row of its own, to be held "
            "against `total_cost`; null: it gives none."
        ),
    ]
    union_share: Annotated[Money, Field(description="Sum of what the Union pays, as far as said.")]
