"""Funded planning of two municipalities, as small as it can be said."""

from typing import Any

from tests.support.copies import copied
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
RULE: Body = {
    "key": "sozialversicherung",
    "programme": "sozialstrategierichtlinie-2-1",
    "parameter": "social_security_rate",
    "value": "19.975",
    "unit": "percent",
    "starts_on": "2022-01-01",
    "clause": "Sozialstrategierichtlinie 2.1",
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
NOTICE: Body = {
    "key": "bescheid-2023-1",
    "grant": "bescheid-2023",
    "kind": "award",
    "issued_on": "2022-12-15",
    "effective_from": "2023-01-01",
    "starts_on": "2023-01-01",
    "ends_on": "2025-12-31",
    "eligible_cost": "135020.40",
    "amount": "108016.32",
    "rate": "80",
    "sources": [
        {"kind": "eu", "organisation": "europaeische-union", "year": 2023, "amount": "81012.24"},
        {"kind": "state", "organisation": "freistaat", "year": 2023, "amount": "27004.08"},
        {"kind": "own", "year": 2024, "amount": "27004.08"},
    ],
    "budget_lines": [
        {"category": "staff", "year": 2023, "amount": "60000.00"},
        {"category": "staff", "year": 2024, "amount": "60000.00"},
        {"category": "travel", "amount": "15020.40"},
    ],
    "partner_budgets": [
        {"organisation": "caritas", "eligible_cost": "20000.00", "amount": "16000.00"}
    ],
    "overrides": [{"parameter": "spend_within", "value": "3", "clause": "Nr. 4.2 des Bescheids"}],
    "conditions": [{"text": {"de": "Zwischennachweis"}, "clause": "Nr. 6", "due_on": "2024-04-30"}],
    "visibility": "public",
}
ONWARD: Body = {
    "key": "familiencafe",
    "grant": "bescheid-2023",
    "recipient": "nachbarschaftsverein",
    "title": {"de": "Familiencafé"},
    "applied_on": "2023-07-24",
    "applied_amount": "5000.00",
    "eligible_cost": "6000.00",
    "starts_on": "2024-01-01",
    "ends_on": "2024-12-31",
    "visibility": "public",
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
    "funding-rules": RULE,
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
    "operation-lists": OPERATION_LIST,
    "grant-disclosures": DISCLOSURE,
}
"""One of each kind, in an order in which each finds what it names."""
LATER = {"notices": NOTICE, "onward-grants": ONWARD}
"""What changes something of these when it is entered."""


@copied
async def settle(door: Door, until: str | None = None) -> None:
    """Enter one of each kind, in order, and stop before `until`; without it, before `LATER`."""
    for collection, body in (ALL | LATER).items():
        if collection == (until or next(iter(LATER))):
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
CLAIM: Body = {
    "key": "abruf-1",
    "grant": "bescheid-2023",
    "expenditures": ["moderation"],
    "requested": "952.00",
}
RECOVERY: Body = {
    "key": "rueckforderung-1",
    "grant": "bescheid-2023",
    "kind": "verification",
    "amount": "152.00",
    "reason": "Umsatzsteuer war nicht zuwendungsfähig",
    "decided_on": "2025-06-02",
}
STAFFING: Body = {
    "key": "planungskoordination-1",
    "position": "planungskoordination",
    "starts_on": "2023-03-01",
    "ends_on": "2024-06-30",
    "fte": "3.5",
    "pay_step": 3,
    "monthly_pay": "4000.00",
    "pension_liable_pay": "3800.00",
}
INCOME: Body = {
    "key": "teilnahmebeitraege",
    "grant": "bescheid-2023",
    "kind": "revenue",
    "received_on": "2024-05-31",
    "amount": "100.00",
    "purpose": "Teilnahmebeiträge der Planungskonferenz",
}
BOOKING_MAPPING: Body = {
    "key": "journal",
    "name": {"de": "Buchungsjournal"},
    "columns": {
        "number": "Belegnr.",
        "fiscal_year": "HHJ",
        "account": "Sachkonto",
        "cost_object": "Kostenträger",
        "booked_on": "Buchungsdatum",
        "paid_on": "Zahldatum",
        "amount": "Betrag",
        "supplier_name": "Empfänger",
        "purpose": "Buchungstext",
    },
    "rules": [
        {
            "cost_object": "4711",
            "account": "50*",
            "grant": "bescheid-2023",
            "category": "staff",
        },
        {"cost_object": "4711", "grant": "bescheid-2023", "category": "other"},
    ],
}
