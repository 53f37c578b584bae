"""What is funded in the Wartburgkreis and for whom there is money (Projekte, Stellen)."""

from datetime import date
from decimal import Decimal

from services.contracts.projects.grants import GrantState, NewGrant
from services.contracts.projects.positions import NewPosition, PositionState
from services.contracts.projects.programmes import FundingPeriod
from services.contracts.projects.projects import (
    NewProject,
    PartnerRole,
    ProjectPartner,
    ProjectState,
)
from services.contracts.projects.terms import FinancingSource, SourceKind
from services.demo import programmes
from services.demo.disclosures import thuringian_esf
from services.demo.funders import ESF_LIST
from services.demo.texts import texts

_FIRST = (date(2017, 6, 1), date(2022, 12, 31))
_SECOND = (date(2023, 1, 1), date(2025, 12, 31))

PROGRAMMES = [
    programmes.poverty_prevention(
        [
            FundingPeriod(
                starts_on=_FIRST[0],
                ends_on=_FIRST[1],
                max_positions=Decimal(1),
                note=texts("Eine Stelle", "One position"),
            )
        ]
    ),
    programmes.social_strategy(
        [
            FundingPeriod(
                starts_on=_SECOND[0],
                ends_on=_SECOND[1],
                max_positions=Decimal(4),
                note=texts("Bis zu vier Stellen", "Up to four positions"),
            )
        ]
    ),
    programmes.THILIK,
]

_PARTNERS = [
    ProjectPartner(organisation="landratsamt-wartburgkreis", role=PartnerRole.applicant),
    ProjectPartner(organisation="freistaat-thueringen", role=PartnerRole.funder),
    ProjectPartner(organisation="europaeische-union", role=PartnerRole.funder),
]
_LED = [*_PARTNERS, ProjectPartner(organisation="planungskoordination", role=PartnerRole.lead)]

PROJECTS = [
    NewProject(
        key="planungskoordination-2017",
        name=texts(
            "Planungskoordination Armutsprävention", "Planning coordination poverty prevention"
        ),
        programmes=["armutspraeventionsrichtlinie-2-1"],
        state=ProjectState.completed,
        starts_on=_FIRST[0],
        ends_on=_FIRST[1],
        partners=_LED,
        goals=[
            texts(
                "Integrierte Planungsstrukturen innerhalb der Verwaltung",
                "Integrated planning structures within the administration",
            )
        ],
    ),
    NewProject(
        key="integrierte-sozialplanung",
        name=texts("Integrierte Sozialplanung", "Integrated social planning"),
        programmes=["sozialstrategierichtlinie-2-1"],
        state=ProjectState.completed,
        starts_on=_SECOND[0],
        ends_on=_SECOND[1],
        partners=_LED,
        advising_bodies=["praeventionsnetz"],
        goals=[
            texts(
                "Gesellschaftliche Entwicklungen und Problemlagen integriert betrachten",
                "Look at developments and problems in society as a whole",
            ),
            texts(
                "Externe Institutionen und Akteure in die Planung einbinden",
                "Involve external institutions and actors in planning",
            ),
        ],
    ),
    NewProject(
        key="migration-und-integration",
        name=texts(
            "Koordination für Migration und Integration im Wartburgkreis (ThILIK)",
            "Coordination of migration and integration in the Wartburgkreis (ThILIK)",
        ),
        programmes=["thilik"],
        state=ProjectState.completed,
        starts_on=date(2016, 5, 1),
        ends_on=date(2017, 12, 31),
        partners=_PARTNERS,
    ),
]

# What ran out with a project that is completed is closed; on which day nobody states.
GRANTS = [
    NewGrant(
        key="migration-und-integration-2016",
        project="migration-und-integration",
        programme="thilik",
        grantee="landratsamt-wartburgkreis",
        state=GrantState.closed,
        funder="freistaat-thueringen",
        starts_on=date(2016, 5, 1),
        ends_on=date(2017, 12, 31),
        eligible_cost=Decimal("105700.97"),
        rate=Decimal(80),
        sources=[
            FinancingSource(
                kind=SourceKind.eu,
                organisation="europaeische-union",
                rate=Decimal(80),
                note=texts("Europäischer Sozialfonds; der Betrag ist nicht veröffentlicht"),
            )
        ],
        evidence=ESF_LIST,
    ),
    # Of these the district states the periods, not the money.
    NewGrant(
        key="planungskoordination-2017",
        project="planungskoordination-2017",
        programme="armutspraeventionsrichtlinie-2-1",
        grantee="landratsamt-wartburgkreis",
        state=GrantState.closed,
        funder="freistaat-thueringen",
        starts_on=_FIRST[0],
        ends_on=_FIRST[1],
    ),
    NewGrant(
        key="integrierte-sozialplanung-2023",
        project="integrierte-sozialplanung",
        programme="sozialstrategierichtlinie-2-1",
        grantee="landratsamt-wartburgkreis",
        state=GrantState.closed,
        funder="freistaat-thueringen",
        starts_on=_SECOND[0],
        ends_on=_SECOND[1],
    ),
]

DISCLOSURES = [
    thuringian_esf(
        "migration-und-integration-2016",
        "36433",
        "DEG0P",
        texts(
            "Koordination von Migration und Integration im Landkreis.",
            "Coordination of migration and integration in the district.",
        ),
    ),
]

POSITIONS = [
    NewPosition(
        key="planungskoordination-2017",
        title=texts("Planungskoordination", "Planning coordination"),
        starts_on=_FIRST[0],
        ends_on=_FIRST[1],
        employer="landratsamt-wartburgkreis",
        project="planungskoordination-2017",
        state=PositionState.filled,
    ),
    NewPosition(
        key="integrierte-sozialplanung-2023",
        title=texts("Bis zu vier Stellen der Sozialplanung", "Up to four planning positions"),
        count=4,
        starts_on=_SECOND[0],
        ends_on=_SECOND[1],
        employer="landratsamt-wartburgkreis",
        project="integrierte-sozialplanung",
        state=PositionState.planned,
    ),
]
