"""The packs of six programmes that municipalities in Thuringia plan with."""

from datetime import date
from decimal import Decimal

from services.contracts.projects.figures import Parameter, Unit
from services.projects.rule_packs.packs.common import FEDERAL, GENERAL, STATE, UNION_2021
from services.projects.rule_packs.packs.words import (
    ESF,
    ESF_PLUS,
    FEDERATION,
    STATE_OF_THURINGIA,
    THURINGIA,
    Entry,
    Pack,
    assumed,
    number,
    period,
    seen,
    texts,
    words,
)

_LIST = "Liste der ESF-Vorhaben in Thüringen, Stand 01.07.2016"
_RATE_2014 = seen("Art. 120 Abs. 3 Buchst. c Verordnung (EU) Nr. 1303/2013", _LIST)
_ESF_BASIS = ("Verordnung (EU) Nr. 1303/2013", "Verordnung (EU) Nr. 1304/2013")
_ESF_PLUS_BASIS = ("Verordnung (EU) 2021/1057", "Verordnung (EU) 2021/1060")
_ESF_PERIOD = period(
    "2014-01-01",
    "2020-12-31",
    texts(
        "Förderperiode des ESF; bewilligte Vorhaben können länger dauern.",
        "Period of the ESF; operations that were granted may last longer.",
    ),
)
_POVERTY = assumed("Armutspräventionsrichtlinie 2.3", THURINGIA)
_STRATEGY = seen("Sozialstrategierichtlinie 2.1", THURINGIA)

POVERTY_PREVENTION = Pack(
    key="armutspraeventionsrichtlinie-2-1",
    name=texts("Armutspräventionsrichtlinie 2.1", "Poverty prevention guideline 2.1"),
    description=texts(
        "ESF 2014 bis 2020, höchstens 80 %. Personalregeln nach dem Teil 2.3 der Richtlinie.",
        "ESF 2014 to 2020, at most 80 per cent. Staff rules as in part 2.3 of the guideline.",
    ),
    entries=(
        words(Parameter.financing, "share", _POVERTY),
        number(Parameter.max_rate, "80", Unit.percent, _RATE_2014, "eu"),
        words(Parameter.lowest_grade, "E 9", _POVERTY),
        words(Parameter.highest_grade, "E 13", _POVERTY),
        number(Parameter.social_security_rate, "20.175", Unit.percent, _POVERTY),
        words(Parameter.eligible_category, "Personalausgaben", _POVERTY, "staff"),
        *STATE,
    ),
    general=GENERAL,
    funders=(ESF, STATE_OF_THURINGIA),
    legal_basis=_ESF_BASIS,
    periods=(_ESF_PERIOD,),
    section="2.1",
)

_ROUNDS = date(2022, 1, 1)
_AURIDIS = seen("Sozialstrategierichtlinie 2.1, Präventionsketten (Auridis)", THURINGIA)
SOCIAL_STRATEGY = Pack(
    key="sozialstrategierichtlinie-2-1",
    name=texts("Sozialstrategierichtlinie 2.1", "Social strategy guideline 2.1"),
    description=texts(
        "Integrierte Sozialplanung: ESF Plus höchstens 60 %, Land in der Regel 20 %, höchstens "
        "vier Vollzeitäquivalente, Sozialversicherung pauschal 19,975 %.",
        "Integrated social planning: ESF Plus at most 60 per cent, the state as a rule 20, at most "
        "four full-time equivalents, social security as a lump of 19.975 per cent.",
    ),
    entries=(
        words(Parameter.applicants, "Landkreise und kreisfreie Städte", _STRATEGY),
        words(Parameter.financing, "share", _STRATEGY),
        number(Parameter.max_rate, "60", Unit.percent, _STRATEGY, "eu"),
        number(Parameter.regular_rate, "20", Unit.percent, _STRATEGY, "state"),
        number(Parameter.max_positions, "4", Unit.fte, _STRATEGY),
        number(Parameter.max_positions, "0.5", Unit.fte, _STRATEGY, "praeventionsketten"),
        Entry(
            Parameter.social_security_rate,
            _STRATEGY,
            Unit.percent,
            value=Decimal("19.975"),
            starts_on=_ROUNDS,
        ),
        words(Parameter.eligible_category, "tatsächliche Personalausgaben", _STRATEGY, "staff"),
        words(Parameter.ineligible_cost, "Umlage U1", _STRATEGY, "staff"),
        number(Parameter.max_rate, "100", Unit.percent, _AURIDIS, "third_party.1"),
        number(Parameter.max_rate, "90", Unit.percent, _AURIDIS, "third_party.2"),
        number(Parameter.max_rate, "80", Unit.percent, _AURIDIS, "third_party.3"),
        number(
            Parameter.minimum_amount,
            "7500",
            Unit.euro,
            seen("Bagatellgrenze der Sozialstrategierichtlinie", "matching-x"),
            "eligible_cost",
        ),
        *STATE,
        *UNION_2021,
    ),
    general=GENERAL,
    funders=(ESF_PLUS, STATE_OF_THURINGIA),
    legal_basis=_ESF_PLUS_BASIS,
    periods=(
        period(
            "2022-01-01",
            "2028-12-31",
            texts(
                "Förderrunden 2022 bis 2025 und 2025 bis 2028; ihre Tage stehen im Bescheid.",
                "Rounds 2022 to 2025 and 2025 to 2028; the notice says their days.",
            ),
        ),
    ),
    section="2.1",
    successor_of="armutspraeventionsrichtlinie-2-1",
)

THILIK = Pack(
    key="thilik",
    name=texts("ThILIK"),
    description=texts(
        "Lokales Integrationsmanagement: ESF 2014 bis 2020, 80 % nach den Vorhaben der Liste.",
        "Local integration management: ESF 2014 to 2020, 80 per cent by the operations listed.",
    ),
    entries=(
        number(Parameter.max_rate, "80", Unit.percent, _RATE_2014, "eu"),
        words(Parameter.financing, "share", assumed("Anteilfinanzierung", _LIST)),
        *STATE,
    ),
    general=GENERAL,
    funders=(ESF, STATE_OF_THURINGIA),
    legal_basis=_ESF_BASIS,
    periods=(_ESF_PERIOD,),
)

_PLACES = (
    ("application_due", "07-31", "sonneberg", "Landkreis Sonneberg"),
    ("application_due", "08-31", "saalfeld", "Landkreis Saalfeld-Rudolstadt"),
    ("application_due", "09-30", "erfurt", "Stadt Erfurt"),
    ("proof_due", "03-31", "micro.gera", "Stadt Gera, Mikroprojekte"),
    ("proof_due", "06-30", "gera", "Stadt Gera, Bestandsprojekte"),
)


def _local(place: str) -> str:
    return f"kommunale Richtlinie zum LSZ, {place}"


def _of_place(place: str) -> str:
    return f"{place}, veröffentlichte Förderhinweise"


LSZ = Pack(
    key="lsz",
    name=texts("Solidarisches Zusammenleben der Generationen (LSZ)", "Generations programme (LSZ)"),
    description=texts(
        "Landesprogramm: kommunale Mitfinanzierung von 30 % der Zuwendung, integrierter Plan als "
        "Voraussetzung, Weiterleitung nach örtlichen Regeln (Beispiele je Geltungsbereich).",
        "State programme: municipal co-financing of 30 per cent of the grant, an integrated plan "
        "as precondition, onward grants by local rules (examples as scopes of their own).",
    ),
    entries=(
        number(
            Parameter.cofinancing_rate,
            "30",
            Unit.percent,
            seen("Landesprogramm Solidarisches Zusammenleben der Generationen", "thekiz.de"),
            "municipal",
        ),
        words(
            Parameter.precondition,
            "Integrierter Plan",
            seen("Landesprogramm Solidarisches Zusammenleben der Generationen", "thekiz.de"),
        ),
        words(
            Parameter.precondition,
            "Vorhaben der Handlungsfelder 2.2 bis 2.6",
            seen("Handlungsfelder des Landesprogramms", "kreis-sonneberg.de"),
            "fields",
        ),
        words(
            Parameter.precondition,
            "Stufenplan",
            seen("Landesprogramm Solidarisches Zusammenleben der Generationen", "thekiz.de"),
            "steps",
        ),
        words(
            Parameter.decided_by,
            "Kreistag",
            seen("Beschluss 747/18", "Landkreis Nordhausen"),
            "plan",
        ),
        words(
            Parameter.decided_by,
            "Kreisausschuss",
            seen("Beschlüsse über Mikroprojekte", "Unstrut-Hainich-Kreis"),
            "micro",
        ),
        number(
            Parameter.max_rate,
            "80",
            Unit.percent,
            seen(_local("Saale-Holzland-Kreis"), "Saale-Holzland-Kreis"),
            "onward.saale-holzland",
        ),
        number(
            Parameter.maximum_amount,
            "4999.99",
            Unit.euro,
            seen(_local("Erfurt"), "Stadt Erfurt"),
            "micro.erfurt",
        ),
        number(
            Parameter.maximum_amount,
            "1500",
            Unit.euro,
            seen(_local("Saalfeld-Rudolstadt"), "Landkreis Saalfeld-Rudolstadt"),
            "micro.saalfeld",
        ),
        number(
            Parameter.own_share,
            "10",
            Unit.percent,
            seen(_local("Saalfeld-Rudolstadt"), "Landkreis Saalfeld-Rudolstadt"),
            "micro.saalfeld",
        ),
        number(
            Parameter.application_due,
            "8",
            Unit.weeks,
            seen(_local("Saalfeld-Rudolstadt"), "Landkreis Saalfeld-Rudolstadt"),
            "micro.saalfeld",
        ),
        *(
            words(Parameter(name), day, seen(_local(place), _of_place(place)), scope, Unit.day)
            for name, day, scope, place in _PLACES
        ),
        *STATE,
    ),
    general=GENERAL,
    funders=(STATE_OF_THURINGIA,),
)

BIWAQ = Pack(
    key="biwaq",
    name=texts("Bildung, Wirtschaft, Arbeit im Quartier (BIWAQ)", "BIWAQ"),
    description=texts(
        "Programm des Bundes mit dem ESF Plus; die Fördersätze stehen im Bescheid.",
        "Federal programme with the ESF Plus; the rates are in the notice.",
    ),
    entries=(
        words(
            Parameter.applicants,
            "Kommunen mit Teilvorhabenpartnern",
            seen("Förderrichtlinie BIWAQ", "esfplus.de"),
        ),
        *FEDERAL,
        *UNION_2021,
    ),
    general=GENERAL,
    funders=(FEDERATION, ESF_PLUS),
    legal_basis=_ESF_PLUS_BASIS,
    periods=(
        period(
            "2023-01-01",
            "2026-12-31",
            texts(
                "Förderrunde V; Runde VI wurde im August 2025 veröffentlicht.",
                "Round V; round VI was published in August 2025.",
            ),
        ),
    ),
)

EDUCATION = Pack(
    key="bildung-integriert",
    name=texts("Bildung integriert", "Bildung integriert (integrated education)"),
    description=texts(
        "Programm des Bundes; nur übliche Nebenbestimmungen, nichts davon ist geprüft.",
        "Federal programme; usual provisions only, none of them checked.",
    ),
    entries=(*FEDERAL,),
    general=GENERAL,
    funders=(FEDERATION,),
)

PACKS = {
    pack.key: pack for pack in (POVERTY_PREVENTION, SOCIAL_STRATEGY, THILIK, LSZ, BIWAQ, EDUCATION)
}
