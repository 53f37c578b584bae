"""Funded planning of two municipalities, as small as it can be said."""

from typing import Any

from tests.support.towns import Door

Body = dict[str, Any]

PROGRAMME: Body = {
    "key": "sozialstrategierichtlinie-2-1",
    "name": {"de": "Sozialstrategierichtlinie"},
    "section": "2.1",
    "funders": [
        {"organisation": "europaeische-union", "level": "eu", "fund": "ESF Plus"},
        {"organisation": "freistaat-thueringen", "level": "state"},
    ],
    "periods": [{"starts_on": "2023-01-01", "ends_on": "2025-12-31", "max_positions": 4}],
}
PROJECT: Body = {
    "key": "sozialplanung",
    "name": {"de": "Integrierte Sozialplanung im Wartburgkreis"},
    "programmes": ["sozialstrategierichtlinie-2-1"],
    "state": "running",
    "starts_on": "2023-01-01",
    "ends_on": "2025-12-31",
    "partners": [{"organisation": "landratsamt", "role": "applicant"}],
    "sites": [{"name": {"de": "Bad Salzungen"}, "area": "bad-salzungen"}],
    "advising_bodies": ["praeventionsnetz"],
}
GRANT: Body = {
    "key": "bescheid-2023",
    "project": "sozialplanung",
    "programme": "sozialstrategierichtlinie-2-1",
    "grantee": "landratsamt",
    "starts_on": "2023-01-01",
    "ends_on": "2025-12-31",
    "eligible_cost": "135020.40",
    "amount": "108016.32",
    "rate": "80",
    "sources": [
        {"kind": "eu", "organisation": "europaeische-union", "amount": "81012.24", "rate": "60"},
        {"kind": "state", "amount": "27004.08", "rate": "20"},
        {"kind": "own"},
    ],
}
POSITION: Body = {
    "key": "planungskoordination",
    "title": {"de": "Planungskoordination"},
    "count": 4,
    "starts_on": "2023-01-01",
    "ends_on": "2025-12-31",
    "funding": [{"grant": "bescheid-2023", "share": 80, "starts_on": "2023-01-01"}],
    "employer": "landratsamt",
    "project": "sozialplanung",
    "state": "filled",
}
GROUP: Body = {"key": "arbeitsuchende", "name": {"de": "Arbeitsuchende"}}
STRATEGY: Body = {
    "key": "armutspraevention",
    "title": {"de": "Armutspräventionsstrategie"},
    "kind": "strategy",
    "prepared_by": "integrierte-sozialplanung",
    "deciding_body": "stadtrat",
}
FIELD_OF_ACTION: Body = {
    "key": "arbeit",
    "title": {"de": "Arbeit"},
    "strategy": "armutspraevention",
}
GOAL: Body = {
    "key": "beratung-im-stadtteil",
    "title": {"de": "Beratung im Stadtteil"},
    "strategy": "armutspraevention",
    "field_of_action": "arbeit",
}
MEASURE: Body = {
    "key": "jobladen-lobeda",
    "title": {"de": "Jobladen Lobeda"},
    "project": "sozialplanung",
    "strategy": "armutspraevention",
    "goal": "beratung-im-stadtteil",
    "areas": ["lobeda"],
    "responsible": "jenawirtschaft",
}
FIELD: Body = {
    "key": "altenhilfeplanung",
    "name": {"de": "Altenhilfeplanung"},
    "legal_basis": ["§ 71 SGB XII"],
    "responsible": "integrierte-sozialplanung",
}
TASK: Body = {
    "key": "bestandsanalyse",
    "title": {"de": "Bestandsanalyse"},
    "coordination": "planungskoordination",
    "field": "altenhilfeplanung",
    "step": "stocktaking",
}
RESULT: Body = {
    "key": "abgestimmte-planung",
    "project": "sozialplanung",
    "grant": "bescheid-2023",
    "level": "outcome",
    "title": {"de": "Die Fachplanungen sind abgestimmt"},
}
TARGET_INDICATOR: Body = {
    "key": "gemeinsame-berichte",
    "result": "abgestimmte-planung",
    "title": {"de": "Planungen, die gemeinsam berichten"},
    "unit": {"de": "Planungen"},
    "direction": "increase",
    "counting": "cumulative",
    "baseline": 1,
    "indicator": "sgb2-quote",
    "dimensions": [
        {
            "key": "feld",
            "title": {"de": "Planungsfeld"},
            "values": [
                {"key": "jugend", "title": {"de": "Jugendhilfe"}},
                {"key": "alter", "title": {"de": "Altenhilfe"}},
            ],
        }
    ],
}
TARGET_PERIOD: Body = {
    "key": "jahr-2024",
    "indicator": "gemeinsame-berichte",
    "starts_on": "2024-01-01",
    "ends_on": "2024-12-31",
    "kind": "milestone",
    "target": "5",
}
TARGET_UPDATE: Body = {
    "key": "meldung-2024",
    "period": "jahr-2024",
    "reported_on": "2024-12-31",
    "value": "3",
    "evidence": [{"title": "Bericht", "digest": "0" * 64}],
}
MONITORING: Body = {"key": "teilnehmende", "project": "sozialplanung"}
ALL = {
    "programmes": PROGRAMME,
    "projects": PROJECT,
    "grants": GRANT,
    "positions": POSITION,
    "target-groups": GROUP,
    "planning-fields": FIELD,
    "strategies": STRATEGY,
    "fields-of-action": FIELD_OF_ACTION,
    "goals": GOAL,
    "measures": MEASURE,
    "planning-tasks": TASK,
    "results": RESULT,
    "target-indicators": TARGET_INDICATOR,
    "target-periods": TARGET_PERIOD,
    "monitorings": MONITORING,
}
"""One of each kind, in an order in which each finds what it names."""


async def settle(door: Door, until: str | None = None) -> None:
    """Enter one of each kind, in order, and stop before `until`."""
    for collection, body in ALL.items():
        if collection == until:
            return
        await door.made(f"/{collection}", body)


EXPENDITURE: Body = {
    "key": "moderation",
    "project": "sozialplanung",
    "purpose": "Moderation der Planungskonferenz",
    "supplier_name": "Moderationsbüro Musterstadt",
    "invoice_number": "R-117",
    "invoice_date": "2024-05-14",
    "payment_date": "2024-05-28",
    "category": "external",
    "gross": "1190.00",
    "net": "1000.00",
    "shares": [{"grant": "bescheid-2023", "share": "100"}],
}
COMMITMENT: Body = {
    "key": "sozialatlas",
    "project": "sozialplanung",
    "kind": "order",
    "purpose": "Satz und Druck des Sozialatlas",
    "category": "external",
    "amount": "4800.00",
    "due_on": "2024-11-30",
    "shares": [{"grant": "bescheid-2023", "share": "80"}],
}
