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
    Key,
    Line,
    Link,
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
