"""How the bodies of Jena are composed: every seat with the rule by which it is filled (Sitze)."""

from services.contracts.boards.organisations import OrganisationKind as Kind
from services.contracts.boards.seats import (
    Category,
    Exactly,
    ExOfficio,
    NewSeat,
    OnePer,
    Open,
    Rule,
)
from services.contracts.shared.base import Language
from services.demo.jena.bodies import DEPARTMENT, HEAD_OF_DEPARTMENT
from services.demo.texts import texts

Name = dict[Language, str]


def _seat(body: str, key: str, name: Name, rule: Rule, *, chair: bool = False) -> NewSeat:
    return NewSeat(key=f"{body}-{key}", body=body, name=name, rule=rule, chair=chair)


def _sent_by(organisation: str) -> Exactly:
    return Exactly(kind="exactly", organisation=organisation)


def _holder_of(office: Name, organisation: str) -> ExOfficio:
    return ExOfficio(kind="ex_officio", office=office, organisation=organisation)


def _part(kind: Kind | None, label: Name) -> Category:
    return Category(kind="category", organisation_kind=kind, label=label)


_EACH_GROUP = OnePer(kind="one_per", organisation_kind=Kind.council_group)
_GROUPS = texts(
    "Fraktionen im Stadtrat", "Groups of the City Council", "Gruppi del consiglio comunale"
)
_JENARBEIT = texts("jenarbeit")
_PARITAETISCHER = texts("Paritätischer Wohlfahrtsverband")
_ABI, _BIWAQ, _LSZ = "programmbeirat-abi", "projektbeirat-biwaq", "planungsbeirat-lsz"
_STEERING, _TEAM = "lenkungsgruppe-armutspraevention", "team-integrierte-sozialplanung"

_ABI_SEATS = [
    *(
        _seat(_ABI, key, name, _part(kind, name))
        for key, kind, name in (
            ("politik", Kind.council_group, texts("Politik", "Politics", "Politica")),
            (
                "sozialverbaende",
                Kind.welfare_association,
                texts("Sozialverbände", "Social associations", "Associazioni sociali"),
            ),
            ("wissenschaft", Kind.science, texts("Wissenschaft", "Science", "Scienza")),
            ("wirtschaft", Kind.business, texts("Wirtschaft", "Business", "Economia")),
            (
                "verwaltung",
                Kind.administration,
                texts("Verwaltung", "Administration", "Amministrazione"),
            ),
        )
    ),
    _seat(_ABI, "jenarbeit", _JENARBEIT, _sent_by("jenarbeit")),
]

_BIWAQ_SEATS = [
    *(
        _seat(_BIWAQ, key, office, _holder_of(office, organisation))
        for key, organisation, office in (
            (
                "migration-integration",
                "buero-migration-integration",
                texts(
                    "Beauftragte für Migration und Integration",
                    "Commissioner for Migration and Integration",
                    "Commissario per la migrazione e l'integrazione",
                ),
            ),
            (
                "integrationsmanagement",
                "stadt-jena",
                texts(
                    "Integrationsmanagement",
                    "Integration Manager",
                    "Responsabile per l'integrazione",
                ),
            ),
            (
                "menschen-mit-behinderungen",
                "buero-menschen-mit-behinderungen",
                texts(
                    "Beauftragter für Menschen mit Behinderungen",
                    "Commissioner for People with Disabilities",
                    "Commissario per le persone con disabilità",
                ),
            ),
            (
                "gleichstellung",
                "gleichstellungsbeauftragte",
                texts(
                    "Gleichstellungsbeauftragte",
                    "Equal Opportunities Officer",
                    "Responsabile per le pari opportunità",
                ),
            ),
        )
    ),
    *(
        _seat(_BIWAQ, organisation, name, _sent_by(organisation))
        for organisation, name in (
            ("team-stadtumbau", texts("Team Stadtumbau", "Urban Redevelopment Team")),
            ("jenarbeit", _JENARBEIT),
            ("jenawirtschaft", texts("JenaWirtschaft")),
            ("awo-mitte-west-thueringen", texts("AWO Regionalverband Mitte-West-Thüringen")),
        )
    ),
    _seat(
        _BIWAQ,
        "verwaltung",
        texts("Weitere aus der Verwaltung", "Others from the administration"),
        Category(
            kind="category",
            organisation_kind=Kind.administration,
            label=texts("Verwaltung", "Administration", "Amministrazione"),
            minimum=0,
        ),
    ),
]

_LSZ_SEATS = [
    _seat(
        _LSZ,
        "leitung",
        HEAD_OF_DEPARTMENT,
        _holder_of(HEAD_OF_DEPARTMENT, DEPARTMENT),
        chair=True,
    ),
    _seat(_LSZ, "fraktionen", _GROUPS, _EACH_GROUP),
    _seat(_LSZ, "paritaetischer", _PARITAETISCHER, _sent_by("paritaetischer")),
    _seat(
        _LSZ,
        "buendnis-fuer-familie",
        texts("Jenaer Bündnis für Familie"),
        _sent_by("buendnis-fuer-familie"),
    ),
    *(
        _seat(_LSZ, organisation, office, _holder_of(office, organisation))
        for organisation, office in (
            (
                "fachdienst-soziales",
                texts("Leitung des Fachdienstes Soziales", "Head of Social Affairs"),
            ),
            (
                "fachdienst-jugend-und-bildung",
                texts("Leitung des Fachdienstes Jugend und Bildung", "Head of Youth and Education"),
            ),
            (
                "fachdienst-gesundheit",
                texts("Leitung des Fachdienstes Gesundheit", "Head of Health"),
            ),
            (
                "fachdienst-jugendhilfe",
                texts("Leitung des Fachdienstes Jugendhilfe", "Head of Youth Welfare"),
            ),
            (
                "gleichstellungsbeauftragte",
                texts("Gleichstellungsbeauftragte", "Equal Opportunities Officer"),
            ),
        )
    ),
]

_STEERING_SEATS = [
    *(
        _seat(_STEERING, key, office, _holder_of(office, organisation))
        for key, organisation, office in (
            (
                "dezernent",
                DEPARTMENT,
                texts(
                    "Bürgermeister und Dezernent für Familie, Bildung und Soziales",
                    "Mayor and Head of Department for Family, Education and Social Affairs",
                ),
            ),
            (
                "planungskoordination",
                "planungskoordination-armutspraevention",
                texts("Planungskoordinator", "Planning coordinator"),
            ),
            (
                "sozialplanung",
                "integrierte-sozialplanung",
                texts("Sozialplanerin", "Social planner"),
            ),
        )
    ),
    _seat(_STEERING, "fraktionen", _GROUPS, _EACH_GROUP),
    *(
        _seat(_STEERING, organisation, name, _sent_by(organisation))
        for organisation, name in (
            ("jenawirtschaft", texts("Wirtschaftsförderung", "Business development")),
            ("paritaetischer", _PARITAETISCHER),
            ("agentur-fuer-arbeit", texts("Agentur für Arbeit", "Employment agency")),
            ("jenarbeit", _JENARBEIT),
            (
                "institut-fuer-soziologie",
                texts("Friedrich-Schiller-Universität Jena, Institut für Soziologie"),
            ),
            (
                "fachbereich-sozialwesen",
                texts("Ernst-Abbe-Hochschule, Fachbereich Sozialwesen"),
            ),
        )
    ),
    *(
        _seat(_STEERING, key, name, _part(kind, name))
        for key, kind, name in (
            (
                "sozialverbaende",
                Kind.welfare_association,
                texts("Sozialverbände", "Social associations"),
            ),
            (
                "religionsgemeinschaften",
                Kind.religious_community,
                texts("Religionsgemeinschaften", "Religious communities"),
            ),
        )
    ),
    _seat(_STEERING, "weitere", texts("Weitere Mitglieder", "Further members"), Open(kind="open")),
]

_TEAM_SEATS = [
    _seat(_TEAM, key, office, _holder_of(office, organisation))
    for key, organisation, office in (
        ("sozialplanung", "integrierte-sozialplanung", texts("Sozialplanung", "Social planning")),
        (
            "jugendhilfeplanung",
            "integrierte-sozialplanung",
            texts("Jugendhilfeplanung", "Youth welfare planning"),
        ),
        (
            "altenhilfeplanung",
            "integrierte-sozialplanung",
            texts("Altenhilfeplanung", "Elderly care planning"),
        ),
        (
            "menschen-mit-behinderungen",
            "buero-menschen-mit-behinderungen",
            texts(
                "Beauftragter für Menschen mit Behinderungen",
                "Commissioner for People with Disabilities",
            ),
        ),
        (
            "bildungsmanagement",
            "integrierte-sozialplanung",
            texts("Bildungsmanagement", "Education management"),
        ),
        (
            "bildungsmonitoring",
            "integrierte-sozialplanung",
            texts("Bildungsmonitoring", "Education monitoring"),
        ),
        (
            "armutspraevention",
            "planungskoordination-armutspraevention",
            texts("Armutsprävention", "Poverty prevention"),
        ),
        (
            "controlling",
            "controlling-dezernat",
            texts("Finanzcontrolling", "Financial controlling"),
        ),
    )
]

SEATS = [*_ABI_SEATS, *_BIWAQ_SEATS, *_LSZ_SEATS, *_STEERING_SEATS, *_TEAM_SEATS]
