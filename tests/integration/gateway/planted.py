"""What everybody may see in a town, and beside it what nobody but the administration may."""

from dataclasses import dataclass, field
from typing import Any

import httpx

from services.commands.openapi import committed
from tests.integration.gateway.whole import on
from tests.support.documents import TEXT
from tests.support.towns import Door

SECRET = "geheim"
"""In the key of everything that is secret."""
WORD = "Zwetschgenkrieg"
"""In every text of it."""
MONEY = "7654321.00"
HERE = "/v1/{municipality}/"
_DOCUMENT = committed()["platform"]


def _fields(path: str) -> dict[str, Any]:
    """What one of the collection is made of."""
    operations = _DOCUMENT["paths"][path]
    body = operations.get("post", {}).get("requestBody", {}).get("content", {})
    name = body.get("application/json", {}).get("schema", {}).get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = _DOCUMENT["components"]["schemas"].get(name, {}).get("properties", {})
    return found if "get" in operations else {}


CLOSABLE = {
    path.removeprefix(HERE): _fields(path)
    for path in _DOCUMENT["paths"]
    if path.startswith(HERE) and "{" not in path[len(HERE) :] and "visibility" in _fields(path)
}
"""Collections whose things can be for the administration alone, and what one is made of."""


def _named(key: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "name": {"de": key.title()}, **more}


def _titled(key: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "title": {"de": key.title()}, **more}


_AWARD = {
    "kind": "award",
    "issued_on": "2022-12-15",
    "effective_from": "2023-01-01",
    "starts_on": "2023-01-01",
    "ends_on": on(40),
    "amount": "1000.00",
    "eligible_cost": "1000.00",
    "rate": "100",
    "sources": [{"kind": "state", "amount": "1000.00", "rate": "100"}],
}
_PAID = {"project": "sozialplanung", "category": "external"}
_OF_BODIES = [
    (
        "composition-rules",
        _named("groesse", body="netz", rule={"kind": "size", "minimum": 1, "maximum": 9}),
    ),
    ("procedures", _named("ordnung", body="netz")),
    (
        "powers",
        {"key": "macht", "body": "stadtrat", "kind": "sets_indicators", "subject": {"de": "Alle"}},
    ),
    ("consultations", {"key": "beratung", "paper": "vorlage-1", "body": "netz", "role": "advises"}),
    ("amendments", {"key": "aenderung", "paper": "vorlage-1", "text": {"de": "Drei."}}),
    (
        "meeting-series",
        _named(
            "reihe",
            body="netz",
            rhythm="monthly_weekday",
            count=2,
            starts_at="2030-03-12T13:00:00+01:00",
        ),
    ),
    (
        "statements",
        {
            "key": "stellungnahme",
            "process": "dialog",
            "organisation": "amt",
            "position": "supports",
            "text": {"de": "Ja."},
            "received_on": "2026-04-20",
        },
    ),
    ("oparl-profile", {"name": {"de": "Musterstadt"}}),
    ("publications/armutsbericht/versions", {"edition": "1. Auflage", "published_on": on(-7)}),
    (
        "files/links",
        {
            "key": "verweis",
            "file_name": "Vorlage.pdf",
            "name": "Vorlage",
            "subject_kind": "paper",
            "subject": "vorlage-1",
            "link": "https://example.org/vorlage.pdf",
        },
    ),
]
_OF_PROJECTS = [
    ("fields-of-action", _titled("handlungsfeld", strategy="strategie")),
    ("goals", _titled("fernziel", strategy="strategie", field_of_action="handlungsfeld")),
    ("target-groups", _named("familien")),
    ("planning-fields", _named("altenhilfe", responsible="amt")),
    (
        "monitorings",
        {
            "key": "zaehlung",
            "project": "sozialplanung",
            "programme": "richtlinie",
            "mode": "counts",
            "threshold": 5,
        },
    ),
    (
        "onward-grants",
        _titled(
            "weiter",
            grant="bescheid",
            recipient="amt",
            applied_on="2024-01-02",
            applied_amount="100.00",
            starts_on="2024-01-02",
            ends_on="2024-12-31",
            visibility="public",
        ),
    ),
    ("target-updates", {"key": "stand", "period": "ziel", "reported_on": on(-3), "value": "2"}),
    ("grant-disclosures", {"key": "offen", "grant": "bescheid", "summary": {"de": "Planung"}}),
    (
        "operation-lists",
        _titled(
            "liste",
            fund="ESF",
            publisher="Land",
            programme_name="ESF",
            programming_period="2014-2020",
            cci="2014DE05SFOP014",
            nuts="DEG0",
        ),
    ),
    ("notices", {"key": "erster", "grant": "bescheid", **_AWARD, "visibility": "public"}),
]
_OF_FIGURES = [
    (
        "facilities",
        _named(
            "kita-am-park",
            kind="kita",
            state="open",
            provider="amt",
            area="bezirk-a",
            starts_on="2015-08-01",
            source={"publisher": "Stadt"},
        ),
    ),
    (
        "dimensions",
        _named(
            "alter", code="ALT", role="age", attributes=[{"code": "A1", "name": {"de": "jung"}}]
        ),
    ),
    ("catalogue/versions", {"title": {"de": "Katalog"}, "note": "Erster"}),
]
OPEN = [*_OF_BODIES, *_OF_PROJECTS, *_OF_FIGURES]
"""Collection and one of it, beside what each source of deadlines and outcomes has."""

ELSEWHERE = {"acts", "attendances", "crosswalks", "indices"}
"""They need more than there is in this town, and are read behind the same wall as all others."""
OTHERWISE: dict[str, dict[str, Any]] = {
    "dimensions": {"code": "GEH"},
    "funding-rules": {"parameter": "spend_within"},
    "grant-disclosures": {"grant": f"{SECRET}-grant"},
    "indicators": {"source_codes": []},
    "monitorings": {"project": f"{SECRET}-projects"},
    "notices": {"grant": f"{SECRET}-grant"},
    "papers": {"reference": f"{WORD} 1/2026"},
    "procedures": {"body": "beirat"},
}
"""What cannot be there twice, in the twin."""
CLOSED: list[tuple[str, dict[str, Any]]] = [
    ("expenditures", {"key": f"{SECRET}-miete", **_PAID, "purpose": WORD, "gross": MONEY}),
    (
        "commitments",
        {"key": f"{SECRET}-auftrag", **_PAID, "kind": "order", "purpose": WORD, "amount": MONEY},
    ),
    (
        "claims",
        {
            "key": f"{SECRET}-abruf",
            "grant": "bescheid",
            "forecast": [{"purpose": WORD, "category": "external", "amount": "10.00"}],
            "requested": "10.00",
            "note": WORD,
        },
    ),
    (
        "obligations",
        {
            "key": f"{SECRET}-pflicht",
            "grant": "bescheid",
            "title": {"de": WORD},
            "due_on": on(3),
            "responsible": f"test:{WORD}",
        },
    ),
    (
        "slots",
        {
            "key": f"{SECRET}-lieferung",
            "title": {"de": WORD},
            "supplier": "amt",
            "indicators": ["empfaenger"],
            "periodicity": "year",
            "first_period": "2024",
            "days_until_due": 10,
            "note": WORD,
        },
    ),
    (
        "persons",
        {
            "key": f"{SECRET}-person",
            "given_name": WORD,
            "family_name": WORD,
            "email": [f"{WORD}@example.org"],
        },
    ),
    (
        "meetings/netz-kommt/agenda-items",
        {"key": f"{SECRET}-punkt", "number": "9", "title": {"de": WORD}, "public": False},
    ),
    (
        "minutes",
        {"meeting": "beirat-1", "notes": [{"agenda_item": "beirat-1-a", "text": {"de": WORD}}]},
    ),
    ("minutes", {"meeting": f"{SECRET}-netz-war"}),
    (
        "publications/armutsbericht/versions",
        {
            "edition": WORD,
            "published_on": on(-1),
            "changes": {"de": WORD},
            "link": f"https://{WORD.lower()}.example.org/",
            "visibility": "administration",
        },
    ),
    (
        f"publications/{SECRET}-bericht/versions",
        {"edition": WORD, "published_on": on(-1)},
    ),
    (
        "contributions",
        {"process": "dialog", "text": WORD, "consent": True, "consent_version": "1"},
    ),
    (
        "coordinated-reports",
        {
            "key": f"{SECRET}-entwurf",
            "kind": "poverty_report",
            "title": {"de": WORD},
            "chapters": [{"title": {"de": WORD}, "text": {"de": f"{WORD}\n\n{{{{measures}}}}"}}],
            "release": 1,
            "on": "2026-06-30",
        },
    ),
    (
        "webhooks",
        {
            "key": f"{SECRET}-haken",
            "url": f"https://{WORD.lower()}.example.org/",
            "purpose": WORD,
            "types": ["*"],
        },
    ),
    (
        "api-keys",
        {
            "key": f"{SECRET}-schluessel",
            "purpose": WORD,
            "roles": ["planner"],
            "expires_at": f"{on(90)}T00:00:00Z",
        },
    ),
    ("deadline-feeds", {"purpose": WORD}),
    (
        "oparl-sources",
        {"key": f"{SECRET}-quelle", "name": {"de": WORD}, "url": "https://ris.example.org/oparl"},
    ),
]
"""What is never for everybody, or not yet."""


COUNTED = ("persons", "memberships", "seats")


@dataclass
class Later(Door):
    """A door that keeps what is secret for later, and enters everything else at once.

    Seats and members that are not public are counted: a body has so many, whoever asks.
    """

    kept: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)

    async def __call__(self, method: str, path: str, **more: Any) -> httpx.Response:
        secret = SECRET in f"{path} {more.get('json')}"
        if method == "GET" or not secret or path.strip("/") in COUNTED:
            return await super().__call__(method, path, **more)
        self.kept.append((method, path, more))
        return httpx.Response(200 if method == "PATCH" else 201, json={"revision": 1})

    async def enter(self) -> None:
        """Enter what was kept."""
        door = Door(self.client, self.signer, self.municipality)
        for method, path, more in self.kept:
            answer = await door(method, path, **more)
            assert answer.status_code in (200, 201), (path, answer.text)


@dataclass
class Office:
    """The administration of the town, before the gateway."""

    client: httpx.AsyncClient
    town: str
    headers: dict[str, str]

    async def get(self, path: str) -> httpx.Response:
        return await self.client.get(f"/v1/{self.town}/{path}", headers=self.headers)

    async def enter(self, path: str, body: dict[str, Any]) -> None:
        answer = await self.client.post(f"/v1/{self.town}/{path}", json=body, headers=self.headers)
        assert answer.status_code == 201, (path, answer.text)

    async def open(self) -> None:
        """What everybody may see, and an area that they may not, of which there will be figures."""
        for path, body in OPEN:
            await self.enter(path, body)
        await self.twin("areas")

    async def webhook(self, url: str) -> str:
        """One that hears of everything that everybody may know; its identifier."""
        hook = {"key": "empfang", "url": url, "purpose": "Alles", "types": ["*"]}
        made = await self.client.post(f"/v1/{self.town}/webhooks", json=hook, headers=self.headers)
        assert made.status_code == 201, made.text
        return str(made.json()["id"])

    async def twin(self, collection: str) -> None:
        """Enter the secret twin of the first of a collection."""
        items = (await self.get(f"{collection}?limit=1000")).json()["items"]
        given = [one for one in items if SECRET not in str(one.get("key"))]
        assert given, f"nothing is open in {collection}"
        await self.enter(collection, _twin(collection, given[0]))

    async def close(self, kept: set[str]) -> None:
        """A secret twin of one of each collection in which nothing secret was `kept`, and the rest
        that is never for everybody."""
        left = set(CLOSABLE) - kept - ELSEWHERE - {"areas", *COUNTED}
        for collection in sorted(left, key=lambda name: name != "projects"):
            await self.twin(collection)
        for path, body in CLOSED:
            await self.enter(path, body)
        await self.enter(f"coordinated-reports/{SECRET}-entwurf/editions", {})
        said = {"file_name": f"{WORD}.txt", "name": WORD, "visibility": "administration"}
        sent = await self.client.post(
            f"/v1/{self.town}/files",
            params={**said, "subject_kind": "paper", "subject": "vorlage-1"},
            content=TEXT,
            headers=self.headers,
        )
        assert sent.status_code == 201, sent.text


def _twin(collection: str, one: dict[str, Any]) -> dict[str, Any]:
    """The same for nobody but them, with another key and with the word in all of its texts."""
    known = CLOSABLE[collection]
    body = {name: value for name, value in one.items() if name in known and value is not None}
    for name, value in body.items():
        if isinstance(value, dict) and "de" in value:
            body[name] = {"de": f"{WORD} {name}"}
    closed = {"key": f"{SECRET}-{collection}", "visibility": "administration"}
    return {**body, **closed, **OTHERWISE.get(collection, {})}
