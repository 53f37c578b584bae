"""Nothing that is not for somebody shows anywhere: one town, every public address, every form.

The town is read, then everything secret is entered, with one word in all of its texts, and it is
read again. None of these tests changes it.
"""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI

from services.contracts.shared.access import Role
from services.gateway.app import Gateway, create_app
from services.gateway.jobs import JOBS
from services.gateway.webhook_deliveries.sending import Sender
from services.indicators.needs.commands import evaluate
from services.kit.identity import Signer
from services.kit.outside import Allowed, Outside
from services.kit.settings import Settings
from tests.integration.gateway import every_source
from tests.integration.gateway.all_addresses import PUBLIC, Address, Keys, same, words_of
from tests.integration.gateway.conftest import Bearer, client_of, opened
from tests.integration.gateway.planted import (
    CLOSABLE,
    ELSEWHERE,
    MONEY,
    SECRET,
    WORD,
    Later,
    Office,
)
from tests.integration.gateway.receiver import Receiver, receiving
from tests.integration.indicators.figures import released, tidy
from tests.support.towns import actor, doors_of, new_town, register

WORDS = ("Jobladen", "Netz", "geh", "Zwe", WORD, f"{WORD[:-1]}x", f"{SECRET}-grants", "Stelle")
"""What is searched for: what is open, and what is secret, begun, whole and misspelt."""
TELLING = (f"{SECRET}-", WORD.lower(), MONEY[:7])
SAY_SO = {"/v1/{municipality}/bodies/{key}/procedure"}
"""They say that there is something which is not public: what they said before holds no more."""
UNREACHED = {
    *(f"/v1/{{municipality}}/{kind}-calendars/{{token}}" for kind in ("deadline", "obligation")),
    *(f"/v1/{{municipality}}/indices/{{key}}{part}" for part in ("", "/matrix", "/results")),
    "/v1/{municipality}/acts/{key}",
    "/v1/{municipality}/calendars/{token}",
    "/v1/{municipality}/catalogue/datasets/{key}",
    "/v1/{municipality}/crosswalks/{key}",
    "/v1/{municipality}/evidences/{key}",
    "/v1/{municipality}/exclusions/{key}",
    "/v1/{municipality}/grants/{key}/notices/{number}/changes",
    "/v1/{municipality}/indices/{key}/areas/{area}/explanation",
    "/v1/{municipality}/operations/{key}",
    "/v1/{municipality}/presets/{key}",
    "/v1/{municipality}/rule-packs/{key}",
}
"""Of which this town has nothing, or which have secrets for keys."""
Answers = dict[Address, tuple[int, str]]
"""Address -> status, and everything that can be read there."""


@dataclass
class Told:
    """What whom was told."""

    before: Answers = field(default_factory=dict)
    after: Answers = field(default_factory=dict)
    insiders: Answers = field(default_factory=dict)
    keys: Keys = field(default_factory=Keys)
    unread: list[str] = field(default_factory=list)
    """Subjects of events, one of each collection, that those who heard of them cannot read."""
    sent: list[str] = field(default_factory=list)
    """To a webhook that has no roles."""
    found_by_office: int = 0


async def reading(
    client: httpx.AsyncClient, town: str, addresses: Iterable[Address], headers: dict[str, str]
) -> Answers:
    found = {}
    for one in addresses:
        answer = await client.get(one.text.replace("{municipality}", town), headers=headers)
        where = f"{answer.headers.get('location')} {answer.headers.get('link')}"
        found[one] = (answer.status_code, f"{words_of(answer)} {where}")
    return found


@pytest.fixture(scope="module")
async def receiver() -> AsyncIterator[Receiver]:
    """What the gateway would order to be sent to it is ordered by nobody."""

    async def order(*_: Any, **__: Any) -> None:
        return None

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(JOBS, "order", order)
        async with receiving() as made:
            yield made


def sender(gate: Gateway) -> Sender:
    """That sends everything that is due."""
    state = gate.inner.state
    outside = Outside(Allowed(("127.0.0.1",)), seconds=5)
    return Sender(state.database, state.journals, state.settings, outside)


@pytest.fixture(scope="module")
async def told(
    settings: Settings,
    database_url: str,
    apps: dict[str, FastAPI],
    signer: Signer,
    bearer: Bearer,
    receiver: Receiver,
) -> Told:
    """The town, read before and after."""
    town, found = new_town(), Told()
    doors = doors_of(Later, apps, signer, town)

    async def ask_rules(release: int) -> None:
        who = actor(town, ["administrator"])
        async with apps["indicators"].state.database.writing(who) as session:
            await evaluate(session, release)

    async def everything_known(client: httpx.AsyncClient) -> Keys:
        keys = Keys(words=list(WORDS), always=(SECRET, "netz-kommt"))
        await keys.look(client, town.key, admin)
        return keys

    more = {"rate_limit": 1_000_000, "webhook_allow": ("127.0.0.1",)}
    many = settings.model_copy(update=more)
    admin = bearer("administrator", town=town.key)
    async with opened(create_app(many, database_url, apps)) as gate, client_of(gate) as client:
        await register(client, town, bearer("administrator"))
        await every_source.everything(lambda name, _: doors[name], town, apps)
        office = Office(client, town.key, admin)
        hook = await office.webhook(receiver.url)
        await office.open()
        row = f"{SECRET}-areas,2024-12-31,kinder,,170"
        release = (await released(doors["indicators"], tidy(row)))["number"]
        await ask_rules(release)
        plain = [one for one in (await everything_known(client)).addresses() if one.plain]
        found.before = await reading(client, town.key, plain, {})

        for one in doors.values():
            await one.enter()
        await office.close({path.strip("/") for one in doors.values() for _, path, _ in one.kept})
        await ask_rules(release)
        found.keys = await everything_known(client)
    # Another gateway, which remembers no answer of before.
    async with opened(create_app(many, database_url, apps)) as gate, client_of(gate) as client:
        addresses = list(found.keys.addresses())
        found.after = await reading(
            client, town.key, {**found.before, **dict.fromkeys(addresses)}, {}
        )
        events = (await client.get(f"/v1/{town.key}/events?limit=500")).json()["items"]
        one_of_each = {one["subject"].split("/")[0]: one["subject"] for one in events}
        for kind, subject in one_of_each.items():
            at = "/v1" if kind == "municipalities" else f"/v1/{town.key}"
            answer = await client.get(f"{at}/{subject}")
            found.unread += [subject] if answer.status_code != 200 else []
        headers = bearer(Role.member, Role.supplier, town=town.key)
        plain = [one for one in addresses if one.plain]
        found.insiders = await reading(client, town.key, plain, headers)
        answer = await client.get(f"/v1/{town.key}/search?q={WORD}", headers=admin)
        found.found_by_office = answer.json()["total"]
        await gate.following.catch_up()
        while await sender(gate).send(town, UUID(hook)):
            pass
        found.sent = [one.body.decode() for one in receiver.received]
    return found


_ECHOING = ("search", "suggestions", "references")
"""They may be asked for what there is not."""


def telling(answers: Answers) -> dict[str, tuple[int, str]]:
    """The answers that tell something secret, beside what they were asked for."""
    found = {}
    for address, (status, text) in answers.items():
        url = urlsplit(address.text)
        echoed = [*url.path.split("/"), *(value for _, value in parse_qsl(url.query))]
        asked = [part for one in echoed for part in one.replace(":", ",").split(",")]
        secret = [part for part in asked if part and _tells(part)]
        left = text.replace(address.text, "")
        for part in secret:
            left = left.replace(part, "")
        answered = status == 200 and secret and not address.path.endswith(_ECHOING)
        if answered or _tells(left):
            found[address.text] = (status, text)
    return found


def _tells(text: str) -> bool:
    return any(one in text.lower() for one in TELLING)


def test_no_answer_at_any_public_address_tells_a_secret(told: Told) -> None:
    assert telling(told.after) == {}


def test_nor_does_any_answer_to_members_and_suppliers(told: Told) -> None:
    assert telling(told.insiders) == {}


def test_nor_is_a_webhook_without_roles_sent_one(told: Told) -> None:
    assert [one for one in told.sent if _tells(one)] == []
    assert len(told.sent) > 15


def test_what_is_told_of_is_read_at_the_address_of_its_subject(told: Told) -> None:
    assert told.unread == []


def test_what_is_secret_changes_nothing_that_anybody_is_told(told: Told) -> None:
    changed: dict[str, Any] = {}
    for one, (_, before) in told.before.items():
        after = same(told.after[one][1])
        if same(before) != after and one.path not in SAY_SO:
            changed[one.text] = (same(before), after)
    assert changed == {}


def test_every_public_address_was_asked_and_every_collection_had_its_secret(told: Told) -> None:
    asked = {one.path for one in told.after}
    assert {path for path in PUBLIC if path not in asked} == UNREACHED
    kept = {name for name in CLOSABLE if any(SECRET in key for key in told.keys.of[name])}
    assert set(CLOSABLE) - kept == ELSEWHERE
    assert told.found_by_office > 20
