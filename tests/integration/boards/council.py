"""The bodies of a town, as tests need them."""

from datetime import timedelta
from typing import Any

from services.kit.days import today
from tests.support.copies import copied
from tests.support.towns import Door

ORGANISATIONS = {
    "dezernat-4": "administration",
    "fraktion-a": "council_group",
    "fraktion-b": "council_group",
    "paritaetischer": "welfare_association",
    "universitaet": "science",
}


def text(german: str) -> dict[str, str]:
    return {"de": german}


@copied
async def organisations(door: Door) -> None:
    """A department, two council groups, an association and a university."""
    for key, kind in ORGANISATIONS.items():
        await door.made("/organisations", {"key": key, "name": text(key), "kind": kind})


def a_body(key: str = "planungsbeirat", **more: Any) -> dict[str, Any]:
    return {
        "key": key,
        "name": text("Planungsbeirat LSZ"),
        "kind": "advisory_board",
        "mandates": ["advises"],
        **more,
    }


def a_seat(key: str = "sitz", **more: Any) -> dict[str, Any]:
    return {
        "key": key,
        "body": "planungsbeirat",
        "name": text("Sitz"),
        "rule": {"kind": "open", "minimum": 0, "maximum": None},
        **more,
    }


def exactly(organisation: str, count: int = 1) -> dict[str, Any]:
    return {"kind": "exactly", "organisation": organisation, "count": count}


def a_rule(key: str = "regel", **more: Any) -> dict[str, Any]:
    return {
        "key": key,
        "body": "planungsbeirat",
        "name": text("Mitgliederzahl"),
        "rule": {"kind": "size", "minimum": 3, "maximum": 9, "voting_only": False},
        **more,
    }


def a_person(key: str = "p-1", **more: Any) -> dict[str, Any]:
    return {"key": key, "given_name": "Erika", "family_name": "Mustermann", **more}


def a_membership(person: str = "p-1", **more: Any) -> dict[str, Any]:
    return {
        "person": person,
        "body": "planungsbeirat",
        "voting": False,
        "starts_on": "2024-07-01",
        **more,
    }


def a_meeting(key: str = "sitzung-1", **more: Any) -> dict[str, Any]:
    return {
        "key": key,
        "body": "planungsbeirat",
        "name": text("1. Sitzung"),
        "starts_at": "2026-03-12T13:00:00+01:00",
        **more,
    }


def an_item(number: str = "1", **more: Any) -> dict[str, Any]:
    return {"number": number, "title": text("Begrüßung"), **more}


def a_procedure(key: str = "go-1", **more: Any) -> dict[str, Any]:
    return {"key": key, "body": "planungsbeirat", "name": text("Geschäftsordnung"), **more}


def a_publication(key: str = "newsletter-1", **more: Any) -> dict[str, Any]:
    return {"key": key, "title": text("Newsletter ABI I 2017"), "kind": "newsletter", **more}


def a_paper(key: str = "vorlage-1", **more: Any) -> dict[str, Any]:
    return {
        "key": key,
        "title": text("Familienzentren"),
        "kind": "resolution_proposal",
        "state": "submitted",
        "visibility": "public",
        **more,
    }


def a_consultation(key: str = "c-1", **more: Any) -> dict[str, Any]:
    return {"key": key, "paper": "vorlage-1", "body": "planungsbeirat", "role": "advises", **more}


def day(days: int) -> str:
    """So many days from today."""
    return (today() + timedelta(days)).isoformat()


def a_process(key: str = "dialog", since: int = -5, **more: Any) -> dict[str, Any]:
    """A process that takes contributions since `since` days, for ten days."""
    return {
        "key": key,
        "name": text("Dialog"),
        "goal": text("Was hilft?"),
        "methods": ["online_dialogue"],
        "target_groups": [
            {"key": "familien", "name": text("Familien")},
            {"key": "aeltere", "name": text("Ältere")},
        ],
        "categories": [
            {"key": "wohnen", "name": text("Wohnen")},
            {"key": "bildung", "name": text("Bildung")},
        ],
        "body": "planungsbeirat",
        "steps": [
            {"kind": "preparation", "starts_on": day(since - 20)},
            {"kind": "publication", "starts_on": day(since - 10)},
            {"kind": "submission", "starts_on": day(since), "ends_on": day(since + 10)},
            {"kind": "evaluation", "starts_on": day(since + 11)},
            {"kind": "report", "starts_on": day(since + 20)},
            {"kind": "closure", "starts_on": day(since + 30)},
        ],
        "consent_text": text("Mein Beitrag darf veröffentlicht werden."),
        "consent_version": "1",
        "delete_on": day(since + 100),
        **more,
    }


def a_contribution(process: str = "dialog", **more: Any) -> dict[str, Any]:
    return {
        "process": process,
        "text": "Der letzte Bus fährt zu früh.",
        "consent": True,
        "consent_version": "1",
        **more,
    }


def an_amendment(key: str = "am-1", **more: Any) -> dict[str, Any]:
    return {"key": key, "paper": "vorlage-1", "text": text("Drei Zentren."), **more}


def a_power(
    key: str = "indikatoren",
    body: str = "lenkungsgruppe",
    kind: str = "sets_indicators",
    **more: Any,
) -> dict[str, Any]:
    return {"key": key, "body": body, "kind": kind, "subject": text("Armutsbericht"), **more}


def a_statement(key: str = "stellungnahme", **more: Any) -> dict[str, Any]:
    return {
        "key": key,
        "process": "dialog",
        "organisation": "paritaetischer",
        "position": "supports_partly",
        "text": text("Die Beratung sollte auch am Abend erreichbar sein."),
        "received_on": "2026-04-20",
        **more,
    }


@copied
async def everything(door: Door) -> None:
    """One of each resource, all of the planning advisory board."""
    await organisations(door)
    await door.made("/bodies", a_body())
    await door.made("/seats", a_seat())
    await door.made("/composition-rules", a_rule())
    await door.made("/persons", a_person(visibility="public"))
    await door.made("/memberships", a_membership(key="m-1", seat="sitz"))
    await door.made("/meetings", a_meeting())
    await door.made("/meetings/sitzung-1/agenda-items", an_item(key="a-1"))
    await door.made("/procedures", a_procedure())
    await door.made("/papers", a_paper())
    await door.made("/consultations", a_consultation(meeting="sitzung-1"))
    await door.made("/amendments", an_amendment())
    await door.made("/bodies", a_body("lenkungsgruppe", kind="steering_group", mandates=["steers"]))
    await door.made("/powers", a_power())
    await door.made("/publications", a_publication(bodies=["planungsbeirat"]))
    await door.made("/participation-processes", a_process())
    await door.made("/statements", a_statement())


PLACES = {
    "/organisations": "dezernat-4",
    "/bodies": "planungsbeirat",
    "/seats": "sitz",
    "/composition-rules": "regel",
    "/persons": "p-1",
    "/memberships": "m-1",
    "/meetings": "sitzung-1",
    "/meetings/sitzung-1/agenda-items": "a-1",
    "/procedures": "go-1",
    "/papers": "vorlage-1",
    "/consultations": "c-1",
    "/amendments": "am-1",
    "/powers": "indikatoren",
    "/publications": "newsletter-1",
    "/participation-processes": "dialog",
    "/statements": "stellungnahme",
}
"""Collection -> the one resource in it."""

CHANGES: dict[str, dict[str, Any]] = {
    "/organisations": {"name": {"en": "Department"}},
    "/bodies": {"name": {"en": "Board"}},
    "/seats": {"name": {"en": "Seat"}},
    "/composition-rules": {"clause": "§ 3 Abs. 2"},
    "/persons": {"title": "Dr."},
    "/memberships": {"ends_on": "2029-06-30"},
    "/meetings": {"location": {"de": "Rathaus"}},
    "/meetings/sitzung-1/agenda-items": {"title": {"en": "Welcome"}},
    "/procedures": {"notice_days": 7},
    "/papers": {"title": {"en": "Family centres"}},
    "/consultations": {"role_label": "Vorberatung"},
    "/amendments": {"reasons": {"de": "Bedarf"}},
    "/powers": {"subject": {"en": "Poverty report"}},
    "/publications": {"year": 2017},
    "/participation-processes": {"website": "https://example.org/dialog"},
    "/statements": {"position": "supports"},
}
