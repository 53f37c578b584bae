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
STRATEGY: Body = {
    "key": "armutspraevention",
    "title": {"de": "Armutspräventionsstrategie"},
    "kind": "strategy",
    "prepared_by": "integrierte-sozialplanung",
    "deciding_body": "stadtrat",
}
MEASURE: Body = {
    "key": "jobladen-lobeda",
    "title": {"de": "Jobladen Lobeda"},
    "project": "sozialplanung",
    "strategy": "armutspraevention",
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
OPERATION_LIST: Body = {
    "key": "esf-thueringen",
    "title": {"de": "Vorhaben des ESF in Thüringen"},
    "publisher": "Freistaat Thüringen",
    "programming_period": "2014-2020",
    "fund": "ESF",
    "cci": "2014DE05SFOP014",
    "nuts": "DEG0",
    "interventions": [
        {
            "text": "Aktive Inklusion, nicht zuletzt durch die Förderung der Chancengleichheit und "
            "aktiver Beteiligung, und Verbesserung der Beschäftigungsfähigkeit",
            "code": 109,
        }
    ],
}
DISCLOSURE: Body = {
    "key": "bescheid-2023",
    "grant": "bescheid-2023",
    "programming_period": "2021-2027",
    "fund": "ESF+",
    "intervention_code": 109,
    "nuts": "DEG0P",
}
ALL = {
    "programmes": PROGRAMME,
    "projects": PROJECT,
    "grants": GRANT,
    "positions": POSITION,
    "strategies": STRATEGY,
    "measures": MEASURE,
    "planning-fields": FIELD,
    "planning-tasks": TASK,
    "operation-lists": OPERATION_LIST,
    "grant-disclosures": DISCLOSURE,
}
"""One of each kind, in an order in which each finds what it names."""


async def settle(door: Door, until: str | None = None) -> None:
    """Enter one of each kind, in order, and stop before `until`."""
    for collection, body in ALL.items():
        if collection == until:
            return
        await door.made(f"/{collection}", body)
