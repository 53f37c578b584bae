"""What is done with the money in Jena, with whom and where (Projekte, Zuwendungen, Maßnahmen)."""

from datetime import date
from decimal import Decimal

from services.contracts.projects.grants import GrantState, NewGrant
from services.contracts.projects.measures import MeasureState, NewMeasure
from services.contracts.projects.programmes import FundingPeriod
from services.contracts.projects.projects import (
    NewProject,
    PartnerRole,
    ProjectPartner,
    ProjectSite,
    ProjectState,
)
from services.contracts.projects.terms import FinancingSource, SourceKind
from services.demo import programmes
from services.demo.disclosures import thuringian_esf
from services.demo.funders import ESF_LIST
from services.demo.texts import texts

PROGRAMMES = [
    programmes.poverty_prevention(
        [
            FundingPeriod(
                starts_on=date(2016, 6, 1), ends_on=date(2018, 12, 31), max_rate=Decimal(80)
            )
        ]
    ),
    programmes.THILIK,
    programmes.EDUCATION,
    programmes.BIWAQ,
    programmes.LSZ,
]


def _partner(organisation: str, role: PartnerRole) -> ProjectPartner:
    return ProjectPartner(organisation=organisation, role=role)


_APPLICANT = _partner("stadt-jena", PartnerRole.applicant)
_STATE = _partner("freistaat-thueringen", PartnerRole.funder)
_UNION = _partner("europaeische-union", PartnerRole.funder)
_FEDERATION = _partner("bundesrepublik-deutschland", PartnerRole.funder)
_SHOPS = (("lobeda", "Lobeda"), ("winzerla", "Winzerla"))

PROJECTS = [
    NewProject(
        key="armutspraevention",
        name=texts("Projekt Armutsprävention", "Poverty prevention", "Prevenzione della povertà"),
        programmes=["armutspraeventionsrichtlinie-2-1"],
        state=ProjectState.completed,
        starts_on=date(2016, 6, 1),
        ends_on=date(2018, 12, 31),
        partners=[
            _APPLICANT,
            _STATE,
            _UNION,
            _partner("planungskoordination-armutspraevention", PartnerRole.lead),
            _partner("paritaetischer", PartnerRole.cooperating),
        ],
        advising_bodies=["programmbeirat-abi", "lenkungsgruppe-armutspraevention"],
        goals=[
            texts(
                "Kommunale Armutspräventionsstrategie, die von der Stadtgesellschaft getragen wird",
                "A municipal poverty prevention strategy that the city's society supports",
            ),
            texts(
                "Handlungsempfehlungen und Maßnahmen gegen individuelle und strukturelle Armut",
                "Recommendations and measures against individual and structural poverty",
            ),
        ],
        tasks=[
            texts(
                "Armutsprävention in die Stadtgesellschaft tragen (Öffentlichkeitsarbeit)",
                "Make poverty prevention a concern of the city's society (public relations)",
            ),
            texts(
                "Problemlagen darstellen und Vorschläge zur Lösung erarbeiten",
                "Present problem situations and work out solutions",
            ),
            texts(
                "Armutsbericht als Grundlage der Strategie und des Maßnahmenkatalogs",
                "Poverty report as the basis of the strategy and the catalogue of measures",
            ),
            texts(
                "Betroffene beteiligen und mit ihnen Pilotprojekte entwickeln",
                "Involve those affected and develop pilot projects with them",
            ),
        ],
    ),
    NewProject(
        key="integrationsmanagement",
        name=texts(
            "Vom Willkommen zum Ankommen in Jena (ThILIK)", "From welcome to arrival in Jena"
        ),
        programmes=["thilik"],
        state=ProjectState.completed,
        starts_on=date(2016, 7, 1),
        ends_on=date(2017, 12, 31),
        partners=[
            _APPLICANT,
            _STATE,
            _UNION,
            _partner("buero-migration-integration", PartnerRole.cooperating),
        ],
        advising_bodies=["programmbeirat-abi"],
    ),
    NewProject(
        key="bildung-integriert",
        name=texts("Bildung integriert", "Bildung integriert (integrated education)"),
        programmes=["bildung-integriert"],
        state=ProjectState.completed,
        starts_on=date(2016, 1, 1),
        partners=[_APPLICANT, _FEDERATION, _UNION],
        advising_bodies=["programmbeirat-abi"],
        goals=[
            texts(
                "Kommunales Bildungsmanagement und Bildungsmonitoring",
                "Municipal education management and education monitoring",
            )
        ],
        description=texts(
            "Die Stadt nimmt seit 2016 teil; Tag des Beginns und Ende sind nicht veröffentlicht.",
            "The city has taken part since 2016; the first day and the end are not published.",
        ),
    ),
    NewProject(
        key="biwaq",
        name=texts(
            "Bildung, Wirtschaft, Arbeit im Quartier (BIWAQ)",
            "Education, Business, Work in the Neighbourhood (BIWAQ)",
            "Istruzione, impresa, lavoro nel quartiere (BIWAQ)",
        ),
        programmes=["biwaq"],
        state=ProjectState.completed,
        starts_on=date(2019, 1, 1),
        ends_on=date(2022, 12, 31),
        partners=[
            _APPLICANT,
            _FEDERATION,
            _UNION,
            _partner("gebietskoordination-biwaq", PartnerRole.lead),
            _partner("jenawirtschaft", PartnerRole.implementing),
            _partner("awo-mitte-west-thueringen", PartnerRole.implementing),
            _partner("jenarbeit", PartnerRole.supporting),
            _partner("team-stadtumbau", PartnerRole.supporting),
        ],
        sites=[
            ProjectSite(
                name=texts(f"Arbeitsladen {name}", f"Job store {name}", f"Job shop {name}"),
                area=area,
            )
            for area, name in _SHOPS
        ],
        advising_bodies=["projektbeirat-biwaq"],
        tasks=[
            texts(
                "Projektteam koordinieren, Partner vernetzen, Schnittstellen steuern",
                "Coordinate the project team, network the partners, manage the interfaces",
            )
        ],
        description=texts(
            "Projektzeitraum nach Angabe der Stadt Jena.",
            "The period is the one that the city of Jena states.",
        ),
    ),
    NewProject(
        key="lsz",
        name=texts(
            "Solidarisches Zusammenleben der Generationen in Jena",
            "Solidarity between the Generations in Jena",
            "Solidarietà tra le generazioni a Jena",
        ),
        programmes=["lsz"],
        state=ProjectState.running,
        starts_on=date(2019, 1, 1),
        partners=[_APPLICANT, _STATE, _partner("integrierte-sozialplanung", PartnerRole.lead)],
        advising_bodies=["planungsbeirat-lsz"],
        goals=[
            texts(
                "Maßnahmen für Familien, die vor Ort entwickelt werden",
                "Measures for families, developed where they live",
            )
        ],
        description=texts(
            "Das Landesprogramm läuft seit 2019; der Tag des Beginns in Jena ist nicht bekannt.",
            "The state programme has run since 2019; the first day in Jena is not known.",
        ),
    ),
]

_UNION_SHARE = FinancingSource(
    kind=SourceKind.eu,
    organisation="europaeische-union",
    rate=Decimal(80),
    note=texts("Europäischer Sozialfonds; der Betrag ist nicht veröffentlicht"),
)

# What ran out with a project that is completed is closed; on which day nobody states.
GRANTS = [
    NewGrant(
        key="armutspraevention-2016",
        project="armutspraevention",
        programme="armutspraeventionsrichtlinie-2-1",
        grantee="stadt-jena",
        state=GrantState.closed,
        funder="freistaat-thueringen",
        starts_on=date(2016, 6, 1),
        ends_on=date(2018, 12, 31),
        eligible_cost=Decimal("135020.40"),
        rate=Decimal(80),
        sources=[_UNION_SHARE],
        evidence=ESF_LIST,
    ),
    NewGrant(
        key="integrationsmanagement-2016",
        project="integrationsmanagement",
        programme="thilik",
        grantee="stadt-jena",
        state=GrantState.closed,
        funder="freistaat-thueringen",
        starts_on=date(2016, 7, 1),
        ends_on=date(2017, 12, 31),
        eligible_cost=Decimal("146839.75"),
        rate=Decimal(80),
        sources=[_UNION_SHARE],
        evidence=ESF_LIST,
    ),
    # Of these nobody states more than that they are there: what is not known is null.
    NewGrant(
        key="bildung-integriert-2016",
        project="bildung-integriert",
        programme="bildung-integriert",
        grantee="stadt-jena",
        state=GrantState.closed,
        funder="bundesrepublik-deutschland",
    ),
    NewGrant(
        key="biwaq-2019",
        project="biwaq",
        programme="biwaq",
        grantee="stadt-jena",
        state=GrantState.closed,
        funder="bundesrepublik-deutschland",
        starts_on=date(2019, 1, 1),
        ends_on=date(2022, 12, 31),
    ),
    NewGrant(
        key="lsz-2019",
        project="lsz",
        programme="lsz",
        grantee="stadt-jena",
        funder="freistaat-thueringen",
    ),
]

DISCLOSURES = [
    thuringian_esf(
        "armutspraevention-2016",
        "07743",
        "DEG03",
        texts(
            "Eine Strategie zur Vermeidung von Armut, die der Stadtrat beschließt.",
            "A strategy against poverty that the city council adopts.",
        ),
    ),
    thuringian_esf(
        "integrationsmanagement-2016",
        "07743",
        "DEG03",
        texts(
            "Hindernisse im Alltag von Menschen mit Migrationsgeschichte erfragen und abbauen.",
            "To ask which obstacles people with a history of migration meet, and to remove them.",
        ),
    ),
]

MEASURES = [
    *(
        NewMeasure(
            key=f"arbeitsladen-{area}",
            title=texts(f"Arbeitsladen {name}", f"Job store {name}", f"Job shop {name}"),
            project="biwaq",
            state=MeasureState.completed,
            areas=[area],
            responsible="gebietskoordination-biwaq",
            target_groups=["arbeitsuchende-im-stadtteil"],
        )
        for area, name in _SHOPS
    ),
    NewMeasure(
        key="pilotprojekte-armutspraevention",
        title=texts(
            "Pilotprojekte mit Betroffenen und Akteuren", "Pilot projects with those affected"
        ),
        project="armutspraevention",
        strategy="armutspraeventionsstrategie",
        state=MeasureState.completed,
        areas=["jena"],
        responsible="planungskoordination-armutspraevention",
        goal="partizipation-betroffener",
        planning_fields=["planungskoordination-armutspraevention"],
        target_groups=["von-armut-betroffene"],
    ),
]
