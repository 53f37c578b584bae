"""Published operations: what a list of operations says of each (Vorhaben einer Vorhabenliste).

Article 49(3) of Regulation (EU) 2021/1060 (2014-2020: Article 115(2) of Regulation (EU) 1303/2013
with its Annex XII) says what such a list holds.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

from services.contracts.projects.shapes import Several
from services.contracts.shared.base import (
    Answer,
    Key,
    Line,
    Link,
    LongTexts,
    Money,
    Percent,
    Prose,
    Request,
    Stored,
    Texts,
    Visibility,
    example,
)


class ProgrammingPeriod(StrEnum):
    """Years for which the Union plans its funds (Förderperiode der EU)."""

    earlier = "2014-2020"
    current = "2021-2027"


class OperationField(StrEnum):
    """What a column of a list of operations can hold (Spalte einer Vorhabenliste)."""

    identifier = "identifier"
    beneficiary = "beneficiary"
    name = "name"
    purpose = "purpose"
    starts_on = "starts_on"
    ends_on = "ends_on"
    total_cost = "total_cost"
    union_share = "union_share"
    rate = "rate"
    postcode = "postcode"
    place = "place"
    country = "country"
    intervention = "intervention"
    specific_objective = "specific_objective"


Nuts = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z]{2}[A-Z0-9]{0,3}$"),
    Field(description="Code of the statistical region (NUTS), such as DEG03."),
]
Cci = Annotated[
    str,
    StringConstraints(pattern=r"^20(14|21)[A-Z0-9]{8,12}$"),
    Field(description="Number of the programme at the Commission (CCI)."),
]
InterventionCode = Annotated[
    int, Field(ge=1, le=182, description="Code of the type of intervention (Interventionsbereich).")
]
Fund = Annotated[Line, Field(description="Fund of the Union, such as ESF, ESF+, ERDF.")]


class InterventionWording(Request):
    """Which code the list means by its words (Interventionskategorie)."""

    text: Prose
    code: InterventionCode


class NewOperationList(Request):
    """A published list of operations (Vorhabenliste), and how its file is to be read."""

    model_config = example(
        key="esf-thueringen-2014",
        title={"de": "Liste der Vorhaben des ESF in Thüringen 2014-2020"},
        publisher="Freistaat Thüringen, Verwaltungsbehörde ESF",
        website=None,
        licence=None,
        programming_period="2014-2020",
        fund="ESF",
        cci="2014DE05SFOP014",
        programme_name="Operationelles Programm Thüringen ESF 2014-2020",
        nuts="DEG0",
        columns={"total_cost": "Gesamtbetrag der förderfähigen Ausgaben des Vorhabens"},
        interventions=[
            {
                "text": "Aktive Inklusion, nicht zuletzt durch die Förderung der "
                "Chancengleichheit und aktiver Beteiligung, und Verbesserung der "
                "Beschäftigungsfähigkeit",
                "code": 109,
            }
        ],
        legal_entities=[],
        visibility="public",
    )

    key: Key
    title: Texts
    publisher: Annotated[Line, Field(description="Who publishes the list.")]
    website: Link | None = None
    licence: Annotated[Line | None, Field(description="Licence of the list.")] = None
    programming_period: ProgrammingPeriod
    fund: Fund
    cci: Cci | None = None
    programme_name: Annotated[Line | None, Field(description="As the Commission has it.")] = None
    nuts: Annotated[
        Nuts | None, Field(description="Region in which all operations of the list lie.")
    ] = None
    columns: Annotated[
        dict[OperationField, Prose],
        Field(description="Field -> wording of its column, where the list words it otherwise."),
    ] = Field(default_factory=dict)
    interventions: Annotated[
        Several[InterventionWording],
        Field(description="Which codes the list means, where it gives words only."),
    ] = Field(default_factory=list)
    legal_entities: Annotated[
        list[Line],
        Field(
            max_length=1000,
            description="Beneficiaries that somebody has confirmed to be no natural persons, "
            "worded as in the list.",
        ),
    ] = Field(default_factory=list)
    visibility: Visibility = Visibility.public


class OperationList(Stored, NewOperationList):
    """A published list of operations as it is stored."""

    model_config = ConfigDict(extra="ignore")

    edition: Annotated[
        date | None, Field(description="State of the last edition imported (Stand).")
    ] = None


class OperationLink(Request):
    """Which of our own grants a published operation is (Zuordnung)."""

    grant: Annotated[Key | None, Field(description="Key of the grant; null for none.")] = None


class Operation(Stored, OperationLink):
    """A published operation (Vorhaben) of a list. Only legal entities, never natural persons."""

    model_config = ConfigDict(
        extra="ignore",
        json_schema_extra={
            "examples": [
                {
                    "key": "esf-thueringen-2014-0a1b2c3d4e5f6071",
                    "list": "esf-thueringen-2014",
                    "identifier": None,
                    "beneficiary": "Stadt Jena",
                    "name": "Armutspräventionsrichtlinie 2.1",
                    "purpose": "Entwicklung einer Strategie gegen Armut.",
                    "starts_on": "2016-06-01",
                    "ends_on": "2018-12-31",
                    "total_cost": "135020.40",
                    "rate": "80",
                    "union_share": "108016.32",
                    "national_share": "27004.08",
                    "shares_computed": True,
                    "currency": "EUR",
                    "postcode": "07743",
                    "place": "Jena",
                    "country": "DE",
                    "intervention": "Aktive Inklusion",
                    "intervention_code": 109,
                    "specific_objective": None,
                    "listed_from": "2016-07-01",
                    "listed_until": None,
                    "grant": "jena-armutspraevention-2016",
                    "visibility": "public",
                }
            ]
        },
    )

    key: Key
    list: Annotated[Key, Field(description="Key of the list that says it.")]
    identifier: Annotated[str | None, Field(description="As the list numbers it.")]
    beneficiary: Annotated[str, Field(description="Legal entity that carries it out.")]
    name: str
    purpose: str | None
    starts_on: date
    ends_on: date | None
    total_cost: Annotated[Money, Field(description="Total eligible expenditure.")]
    rate: Annotated[Percent | None, Field(description="Union co-financing rate, in per cent.")]
    union_share: Annotated[Money | None, Field(description="What the Union pays.")]
    national_share: Annotated[Money | None, Field(description="What others pay.")]
    shares_computed: Annotated[
        bool, Field(description="The list gives the rate only; the shares follow from it.")
    ]
    currency: str
    postcode: str | None
    place: str | None
    country: str | None
    intervention: Annotated[str | None, Field(description="As the list words it.")]
    intervention_code: InterventionCode | None
    specific_objective: str | None
    listed_from: Annotated[date, Field(description="First edition that holds it so far.")]
    listed_until: Annotated[
        date | None, Field(description="First edition that does not hold it any more.")
    ]
    visibility: Visibility


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
        problems=[],
        total_cost="135020.40",
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
    problems: Annotated[
        list[RowProblem],
        Field(description="Only a dry run shows them here; at most 200. Storing is refused (422)."),
    ]
    total_cost: Annotated[Money, Field(description="Sum over the rows that were understood.")]
    union_share: Annotated[Money, Field(description="Sum of what the Union pays, as far as said.")]


class NewGrantDisclosure(Request):
    """What else has to be published of a grant of the Union (Angaben zur Veröffentlichung).

    The codes and texts that Article 49(3) of Regulation (EU) 2021/1060 asks for and a grant does
    not hold. What is not known is null, and the grant is then left out of the export that needs it.
    """

    model_config = example(
        key="jena-armutspraevention-2016",
        grant="jena-armutspraevention-2016",
        programming_period="2014-2020",
        fund="ESF",
        cci="2014DE05SFOP014",
        intervention_code=109,
        specific_objective=None,
        postcode="07743",
        nuts="DEG03",
        summary={"de": "Entwicklung einer Strategie zur Vermeidung von Armut."},
        visibility="public",
    )

    key: Key
    grant: Annotated[Key, Field(description="Key of the grant; one disclosure for each.")]
    programming_period: ProgrammingPeriod | None = None
    fund: Fund | None = None
    cci: Cci | None = None
    intervention_code: InterventionCode | None = None
    specific_objective: Line | None = None
    postcode: Annotated[
        Annotated[str, StringConstraints(pattern=r"^[0-9]{5}$")] | None,
        Field(description="Where the operation is, with its zeros."),
    ] = None
    nuts: Nuts | None = None
    summary: Annotated[
        LongTexts | None,
        Field(description="Purpose and achievements; null: the description of the project."),
    ] = None
    visibility: Visibility = Visibility.public


class GrantDisclosure(Stored, NewGrantDisclosure):
    """What else is published of a grant, as it is stored."""

    model_config = ConfigDict(extra="ignore")


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
