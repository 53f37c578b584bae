"""Whoever asked for it is told what happens: once, signed, and nothing they may not know."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI

from services.contracts.shared.access import Municipality
from services.contracts.shared.events import Event
from services.gateway.app import Gateway
from services.gateway.events.rules import cursor_of
from services.gateway.jobs import JOBS
from services.gateway.webhook_deliveries import commands, rules, sending
from services.gateway.webhook_deliveries.events import Following
from services.gateway.webhook_deliveries.rules import SCHEDULE
from services.gateway.webhook_deliveries.sending import Sender
from services.gateway.webhooks.rules import MOST_OWN, new_secret, signatures
from services.kit.jobs import Work
from services.kit.outside import Allowed, Outside, Reply
from services.kit.problems import Unavailable
from services.kit.settings import Settings
from tests.integration.boards.council import a_body, a_paper, a_person
from tests.integration.gateway.conftest import Bearer
from tests.integration.gateway.receiver import Received, Receiver, answering, receiving
from tests.integration.gateway.telling import Listening, before_all, listening
from tests.support.towns import Door, actor

RECIPES = (Path(__file__).parents[3] / "docs" / "recipes.md").read_text("utf-8")
HERE = ("127.0.0.1",)


@pytest.fixture(scope="module")
async def whole(
    settings: Settings, database_url: str, apps: dict[str, FastAPI]
) -> AsyncIterator[Gateway]:
    given = settings.model_copy(update={"webhook_allow": HERE})
    async with before_all(given, database_url, apps) as made:
        yield made


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as made:
        yield made


@dataclass
class Post:
    """The sender of the gateway, with a clock of its own, called by hand."""

    gateway: Gateway
    office: Listening
    outside: Outside
    orders: list[tuple[str, timedelta | None]]
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def boards(self) -> Door:
        return self.office.service("boards")

    async def call(self, method: str, path: str, **more: Any) -> httpx.Response:
        headers = {**self.office.headers, **more.pop("headers", {})}
        address = f"/v1/{self.office.town.key}{path}"
        return await self.office.client.request(method, address, headers=headers, **more)

    async def hook(self, receiver: Receiver | str, key: str = "empfang", **more: Any) -> Any:
        new = {
            "key": key,
            "url": receiver if isinstance(receiver, str) else receiver.url,
            "purpose": "Test",
            "types": ["boards.*"],
            "roles": ["administrator"],
            **more,
        }
        made = await self.call("POST", "/webhooks", json=new)
        assert made.status_code == 201, made.text
        return made.json()

    async def send(self, hook: Any, outside: Outside | None = None) -> int:
        """Note what there is to note and send what is due by our clock."""
        await self.gateway.following.catch_up()
        self.now = max(self.now, datetime.now(UTC))
        return await self.sender(outside).send(self.office.town, UUID(hook["id"]))

    def sender(self, outside: Outside | None = None) -> Sender:
        state = self.gateway.inner.state
        return Sender(
            state.database,
            state.journals,
            state.settings,
            outside or self.outside,
            lambda: self.now,
            lambda: 0,
        )

    async def log(self, key: str = "empfang", **params: str) -> list[dict[str, Any]]:
        answer = await self.call("GET", f"/webhooks/{key}/deliveries", params=params or None)
        assert answer.status_code == 200, answer.text
        items: list[dict[str, Any]] = answer.json()["items"]
        return items

    async def read(self, key: str = "empfang") -> dict[str, Any]:
        found: dict[str, Any] = (await self.call("GET", f"/webhooks/{key}")).json()
        return found

    async def secrets(self) -> list[str]:
        """What is stored of secrets, sealed, the oldest first."""
        state = self.gateway.inner.state
        async with state.database.writing(actor(self.office.town, ["administrator"])) as session:
            connection = await session.connection()
            query = "SELECT sealed FROM webhook_secret ORDER BY id"
            return [str(one) for one in (await connection.exec_driver_sql(query)).scalars()]

    async def journal(self) -> list[tuple[str, dict[str, Any]]]:
        state = self.gateway.inner.state
        async with state.database.writing(actor(self.office.town, ["administrator"])) as session:
            connection = await session.connection()
            rows = await connection.exec_driver_sql(
                "SELECT type, data FROM journal WHERE municipality_id ="
                f" {self.office.town.id} ORDER BY seq"
            )
            return [(row.type, row.data) for row in rows]


@pytest.fixture
async def post(
    whole: Gateway,
    town: Municipality,
    doors: Callable[[str, Municipality], Door],
    bearer: Bearer,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Post]:
    """Jobs are written down here and not done: tests decide when a sender comes."""
    orders: list[tuple[str, timedelta | None]] = []

    async def order(_: Any, name: str, after: timedelta | None = None, **data: Any) -> None:
        orders.append((data["webhook"], after))

    monkeypatch.setattr(JOBS, "order", order)
    async with listening(whole, town, doors, bearer) as office:
        yield Post(whole, office, Outside(Allowed(HERE), seconds=5), orders)


def verified(secret: str, request: Any) -> bool:
    """By the code that stands in the recipes."""
    code = re.search(r"```python\n(.*?)```", RECIPES, re.DOTALL)
    assert code
    names: dict[str, Any] = {}
    exec(code[1], names)
    good: bool = names["verified"](secret, request.headers, request.body)
    return good


async def test_an_event_arrives_signed_and_once(post: Post, receiver: Receiver) -> None:
    hook = await post.hook(receiver)
    await post.boards.made("/bodies", a_body())
    assert await post.send(hook) == 1
    assert await post.send(hook) == 0
    [request] = receiver.received
    assert request.headers["content-type"] == "application/cloudevents+json; charset=utf-8"
    assert verified(hook["secret"], request)
    request.body += b" "
    assert not verified(hook["secret"], request)
    event = Event.model_validate_json(request.body)
    assert (event.type, event.subject) == ("boards.body.created.v1", "bodies/planungsbeirat")
    assert event.id == "boards-1"
    [delivery] = await post.log()
    assert (delivery["state"], delivery["event"]) == ("delivered", "boards-1")
    assert delivery["message"] == request.headers["webhook-id"]
    [attempt] = delivery["attempts"]
    assert (attempt["outcome"], attempt["status"]) == ("accepted", 204)


@pytest.mark.parametrize(
    ("away", "believed"), [(-290, True), (290, True), (-310, False), (310, False)]
)
def test_what_is_signed_of_another_time_is_not_believed(away: int, believed: bool) -> None:
    """A request that somebody kept and sends again, with the signature that it had."""
    body, secret = b'{"type": "gateway.webhook.tested.v1"}', new_secret()
    message, at = "msg_1", int(datetime.now(UTC).timestamp()) + away
    signed = {"webhook-id": message, "webhook-timestamp": str(at)}
    signed["webhook-signature"] = signatures(message, at, body, [secret])
    assert verified(secret, Received("/", signed, body)) is believed
    assert not verified(secret, Received("/", {**signed, "webhook-id": "msg_2"}, body))
    moved = {**signed, "webhook-timestamp": str(at - away)}
    assert not verified(secret, Received("/", moved, body))


async def test_the_secret_is_shown_once_and_readable_nowhere(
    post: Post, receiver: Receiver
) -> None:
    new = {"key": "x1", "url": receiver.url, "purpose": "p", "types": ["*"]}
    made = await post.call("POST", "/webhooks", json=new)
    assert made.headers["cache-control"] == "no-store"
    secret = made.json()["secret"]
    assert secret.startswith("whsec_")
    for path in ("/webhooks", "/webhooks/x1", "/webhooks/x1/history"):
        assert secret not in (await post.call("GET", path)).text
    assert secret not in json.dumps(await post.journal())
    assert receiver.url not in json.dumps(await post.journal())
    (stored,) = await post.secrets()
    assert secret not in stored


async def test_a_receiver_that_is_down_is_tried_by_the_schedule_with_one_id(
    post: Post, receiver: Receiver
) -> None:
    hook = await post.hook(receiver)
    receiver.answer = answering(500, b"Datenbank weg")
    await post.boards.made("/bodies", a_body())
    await post.send(hook)
    began = post.now
    for wait in SCHEDULE[:3]:
        [delivery] = await post.log()
        assert datetime.fromisoformat(delivery["next_attempt_at"]) == post.now + wait
        assert post.orders[-1] == (hook["id"], wait)
        post.now += wait - timedelta(seconds=1)
        assert await post.sender().send(post.office.town, UUID(hook["id"])) == 0
        post.now += timedelta(seconds=1)
        assert await post.sender().send(post.office.town, UUID(hook["id"])) == 1
    assert post.now - began == sum(SCHEDULE[:3], timedelta())
    receiver.answer = answering(200, b"ok")
    post.now += SCHEDULE[3]
    assert await post.sender().send(post.office.town, UUID(hook["id"])) == 1
    assert len(receiver.received) == 5
    assert len(set(receiver.ids)) == 1
    assert all(one.headers["webhook-signature"].startswith("v1,") for one in receiver.received)
    [delivery] = await post.log()
    assert delivery["state"] == "delivered"
    outcomes = [(one["outcome"], one["status"], one["answer"]) for one in delivery["attempts"]]
    assert outcomes == [("refused", 500, "Datenbank weg")] * 4 + [("accepted", 200, "ok")]


async def test_who_fails_to_the_end_is_disabled_with_a_reason_and_gets_the_rest_by_replay(
    post: Post, receiver: Receiver
) -> None:
    hook = await post.hook(receiver)
    assert receiver.server is not None
    receiver.answer = answering(503)
    await post.boards.made("/bodies", a_body())
    await post.send(hook)
    for wait in SCHEDULE:
        post.now += wait
        await post.sender().send(post.office.town, UUID(hook["id"]))
    assert len(receiver.received) == 10
    found = await post.read()
    assert (found["state"], found["disabled_reason"]) == ("disabled", "failing")
    kind, data = (await post.journal())[-1]
    assert (kind, data["reason"]) == ("gateway.webhook.disabled.v1", "failing")
    [delivery] = await post.log()
    assert (delivery["state"], delivery["next_attempt_at"]) == ("failed", None)

    await post.boards.made("/papers", a_paper())
    assert await post.send(hook) == 0
    wish = {"after": found["missed_from"]}
    refused = await post.call("POST", "/webhooks/empfang/replay", json=wish)
    assert refused.status_code == 409
    receiver.answer = answering(200)
    assert (await post.call("POST", "/webhooks/empfang/activation")).json()["state"] == "active"
    replayed = await post.call("POST", "/webhooks/empfang/replay", json=wish)
    assert (replayed.status_code, replayed.json()["deliveries"]) == (202, 1)
    assert not replayed.json()["more"]
    assert await post.send(hook) == 1
    assert json.loads(receiver.received[-1].body)["subject"] == "papers/vorlage-1"


async def test_who_got_something_in_the_meantime_is_not_disabled_for_one_that_never_arrived(
    post: Post, receiver: Receiver
) -> None:
    hook = await post.hook(receiver)
    receiver.answer = answering(500)
    await post.boards.made("/bodies", a_body())
    await post.send(hook)
    for wait in SCHEDULE[:-1]:
        post.now += wait
        await post.sender().send(post.office.town, UUID(hook["id"]))
    receiver.answer = answering(200)
    await post.boards.made("/papers", a_paper())
    assert await post.send(hook) == 1
    receiver.answer = answering(500)
    post.now += SCHEDULE[-1]
    assert await post.sender().send(post.office.town, UUID(hook["id"])) == 1
    assert [one["state"] for one in await post.log()] == ["delivered", "failed"]
    assert (await post.read())["state"] == "active"


async def test_nobody_else_sends_while_a_slow_one_is_still_at_it(post: Post) -> None:
    """Two answers of thirty seconds each: together longer than a lane is lent at once."""
    hook = await post.hook("https://example.org/")
    await post.boards.made("/bodies", a_body())
    await post.boards.made("/papers", a_paper())
    others: list[int] = []

    class Slow(Outside):
        async def post(self, url: str, headers: Any, body: bytes) -> Reply:
            post.now += timedelta(seconds=30)
            others.append(await post.sender(self).send(post.office.town, UUID(hook["id"])))
            return Reply(204, None, b"")

    assert await post.send(hook, Slow(Allowed())) == 2
    assert others == [0, 0]


async def test_gone_disables_at_once(post: Post, receiver: Receiver) -> None:
    hook = await post.hook(receiver)
    receiver.answer = answering(410)
    await post.boards.made("/bodies", a_body())
    await post.boards.made("/papers", a_paper())
    assert await post.send(hook) == 1
    found = await post.read()
    assert (found["state"], found["disabled_reason"]) == ("disabled", "gone")
    assert len(receiver.received) == 1
    kinds = [kind for kind, _ in await post.journal()]
    assert kinds[-1] == "gateway.webhook.disabled.v1"
    receiver.answer = answering(200)
    post.orders.clear()
    active = (await post.call("POST", "/webhooks/empfang/activation")).json()
    assert (active["state"], active["disabled_reason"]) == ("active", None)
    assert post.orders == [(hook["id"], None)]
    assert await post.send(hook) == 1


@pytest.mark.parametrize(
    ("answer", "outcome", "status"),
    [
        (answering(302, b"", "Location: http://127.0.0.1:1/"), "redirected", 302),
        (answering(404, b"nein"), "refused", 404),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "unreachable", None),
        (None, "timeout", None),
        (answering(200, b"x" * 3_000_000), "accepted", 200),
    ],
)
async def test_every_way_to_answer_is_written_down(
    post: Post, receiver: Receiver, answer: bytes | None, outcome: str, status: int | None
) -> None:
    hook = await post.hook(receiver)
    receiver.answer = answer
    await post.boards.made("/bodies", a_body())
    seconds = 0.3 if answer is None else 5
    assert await post.send(hook, Outside(Allowed(HERE), seconds=seconds)) == 1
    [delivery] = await post.log()
    [attempt] = delivery["attempts"]
    assert (attempt["outcome"], attempt["status"]) == (outcome, status)
    assert attempt["answer"] is None or len(attempt["answer"]) <= 1000
    assert len(receiver.received) == 1


async def test_who_asks_for_patience_gets_it(post: Post, receiver: Receiver) -> None:
    hook = await post.hook(receiver)
    receiver.answer = answering(429, b"", "Retry-After: 120")
    await post.boards.made("/bodies", a_body())
    await post.send(hook)
    [delivery] = await post.log()
    wait = datetime.fromisoformat(delivery["next_attempt_at"]) - post.now
    assert wait == timedelta(seconds=120)


async def test_a_name_that_leads_inside_is_not_followed(post: Post, receiver: Receiver) -> None:
    hook = await post.hook(receiver.url.replace("http://127.0.0.1", "https://localhost"))
    await post.boards.made("/bodies", a_body())
    assert await post.send(hook, Outside(Allowed())) == 1
    [delivery] = await post.log()
    assert [one["outcome"] for one in delivery["attempts"]] == ["blocked"]
    assert receiver.connections == 0


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"url": "http://example.org/x"}, "/url"),
        ({"url": "https://10.0.0.1/x"}, "/url"),
        ({"url": "https://[::1]/x"}, "/url"),
        ({"url": "ftp://example.org/x"}, "/url"),
        ({"url": "https://bücher.example.org/"}, "/url"),
        ({"url": "https://example.org/\r\nX-Evil: yes"}, "/url"),
        ({"url": "https://example.org:25/"}, "/url"),
        ({"types": []}, "/types"),
        ({"types": ["boards.person.*"]}, "/types/0"),
        ({"types": ["boards.*", "boards.papper.created.v1"]}, "/types/1"),
        ({"roles": ["public"]}, "/roles"),
        ({"secret": "whsec_x"}, "/secret"),
    ],
)
async def test_a_webhook_that_cannot_be_is_refused(
    post: Post, change: dict[str, Any], pointer: str
) -> None:
    new = {"key": "empfang", "url": "https://example.org/x", "purpose": "p", "types": ["*"]}
    refused = await post.call("POST", "/webhooks", json=new | change)
    assert refused.status_code == 422, refused.text
    assert refused.json()["errors"][0]["pointer"] == pointer
    assert (await post.call("GET", "/webhooks")).json()["items"] == []


async def test_who_hangs_holds_up_nobody_else(post: Post, receiver: Receiver) -> None:
    receiver.answer = None
    slow = await post.hook(receiver, "langsam")
    async with receiving() as other:
        quick = await post.hook(other, "flott")
        await post.boards.made("/bodies", a_body())
        await post.boards.made("/papers", a_paper())
        await post.gateway.following.catch_up()
        post.now = datetime.now(UTC)
        hanging = asyncio.create_task(
            post.sender().send(post.office.town, UUID(slow["id"])), name="hanging"
        )
        await receiver.arrived.wait()
        assert await post.sender().send(post.office.town, UUID(quick["id"])) == 2
        assert await post.sender().send(post.office.town, UUID(slow["id"])) == 0
        assert post.orders[-1][0] == slow["id"]
        assert not hanging.done()
        receiver.answer = answering(200)
        receiver.let_go.set()
        assert await hanging == 2
    assert len(other.received) == 2


async def test_what_was_sent_and_not_noted_is_sent_again_with_the_same_id(
    post: Post, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook = await post.hook(receiver)
    await post.boards.made("/bodies", a_body())
    with monkeypatch.context() as dying:
        dying.setattr(Sender, "_keep", killed)
        with pytest.raises(ConnectionError):
            await post.send(hook)
    assert await post.sender().send(post.office.town, UUID(hook["id"])) == 0
    lane, wait = post.orders[-1]
    assert lane == hook["id"]
    assert wait == timedelta(seconds=45)
    post.now += wait
    assert await post.sender().send(post.office.town, UUID(hook["id"])) == 1
    assert len(receiver.received) == 2
    assert len(set(receiver.ids)) == 1


async def killed(*_: Any) -> None:
    raise ConnectionError


async def test_following_again_notes_nothing_twice(post: Post, receiver: Receiver) -> None:
    hook = await post.hook(receiver)
    await post.boards.made("/bodies", a_body())
    await post.gateway.following.catch_up()
    state = post.gateway.inner.state
    async with state.database.writing(actor(post.office.town, ["administrator"])) as session:
        connection = await session.connection()
        await connection.exec_driver_sql("UPDATE follower SET seq = 0")
    await Following(state.peers, state.database).catch_up()
    assert await post.send(hook) == 1
    assert len(await post.log()) == 1


async def test_both_secrets_sign_until_the_overlap_ends(post: Post, receiver: Receiver) -> None:
    hook = await post.hook(receiver)
    rotated = await post.call("POST", "/webhooks/empfang/rotation", json={"overlap_hours": 1})
    assert rotated.headers["cache-control"] == "no-store"
    new = rotated.json()["secret"]
    await post.boards.made("/bodies", a_body())
    await post.send(hook)
    [request] = receiver.received
    assert len(request.headers["webhook-signature"].split()) == 2
    assert request.headers["user-agent"] == "Planraum"
    assert verified(hook["secret"], request)
    assert verified(new, request)
    last = await post.call("POST", "/webhooks/empfang/rotation", json={"overlap_hours": 0})
    await post.boards.made("/papers", a_paper())
    await post.send(hook)
    assert verified(last.json()["secret"], receiver.received[-1])
    assert not verified(new, receiver.received[-1])
    assert not verified(hook["secret"], receiver.received[-1])
    assert [kind for kind, _ in await post.journal()].count("gateway.webhook.rotated.v1") == 2


async def test_a_later_rotation_lets_no_old_secret_sign_for_longer(
    post: Post, receiver: Receiver
) -> None:
    hook = await post.hook(receiver)
    began = datetime.now(UTC)
    for hours in (1, 24):
        wish = {"overlap_hours": hours}
        rotated = await post.call("POST", "/webhooks/empfang/rotation", json=wish)
        assert rotated.status_code == 200, rotated.text
    state = post.gateway.inner.state
    async with state.database.writing(actor(post.office.town, ["administrator"])) as session:
        connection = await session.connection()
        ends = "SELECT ends_at FROM webhook_secret ORDER BY id"
        first, second, newest = (await connection.exec_driver_sql(ends)).scalars()
    assert first - began < timedelta(hours=2) < second - began
    assert newest is None
    assert hook["secret"] != rotated.json()["secret"]


async def test_a_webhook_hears_what_its_roles_may_see_when_it_is_sent(
    post: Post, receiver: Receiver
) -> None:
    hook = await post.hook(receiver, roles=[])
    await post.boards.made("/papers", a_paper())
    await post.boards.made("/papers", a_paper("geheim", visibility="administration"))
    await post.boards.made("/papers", a_paper("bald-geheim"))
    await post.gateway.following.catch_up()
    await post.boards.patch("/papers/bald-geheim", {"visibility": "administration"})
    await post.send(hook)
    [request] = receiver.received
    event = json.loads(request.body)
    assert event["subject"] == "papers/vorlage-1"
    assert event["data"].keys() == {"id", "revision"}
    states = {one["subject"]: one["state"] for one in await post.log()}
    assert states == {
        "papers/vorlage-1": "delivered",
        "papers/geheim": "withheld",
        "papers/bald-geheim": "withheld",
    }
    assert {one["subject"] for one in await post.log(state="withheld")} == {
        "papers/geheim",
        "papers/bald-geheim",
    }


async def test_of_persons_nothing_is_noted_and_of_the_past_nothing_is_sent(
    post: Post, receiver: Receiver
) -> None:
    await post.boards.made("/bodies", a_body())
    hook = await post.hook(receiver, types=["*"])
    await post.boards.made("/persons", a_person(visibility="public"))
    await post.boards.made("/papers", a_paper())
    assert await post.send(hook) == 1
    assert [one["type"] for one in await post.log()] == ["boards.paper.created.v1"]


async def test_only_what_was_asked_for_is_sent_and_what_is_asked_for_can_change(
    post: Post, receiver: Receiver
) -> None:
    hook = await post.hook(receiver, types=["boards.paper.*"])
    await post.boards.made("/bodies", a_body())
    assert await post.send(hook) == 0
    first, second = {"If-Match": '"r1"'}, {"If-Match": '"r2"'}
    bodies = {"types": ["boards.body.*"]}
    changed = await post.call("PATCH", "/webhooks/empfang", json=bodies, headers=first)
    assert changed.status_code == 200, changed.text
    await post.boards.patch("/bodies/planungsbeirat", {"name": {"de": "Beirat"}})
    assert await post.send(hook) == 1
    fixed = {"roles": ["planner"]}
    refused = await post.call("PATCH", "/webhooks/empfang", json=fixed, headers=second)
    assert refused.status_code == 422


async def test_the_test_button_works_on_a_disabled_webhook_and_tries_once(
    post: Post, receiver: Receiver
) -> None:
    hook = await post.hook(receiver)
    off = await post.call("POST", "/webhooks/empfang/deactivation")
    assert (off.json()["state"], off.json()["disabled_reason"]) == ("disabled", "by_hand")
    receiver.answer = answering(500)
    pressed = await post.call("POST", "/webhooks/empfang/test")
    assert pressed.status_code == 202
    assert await post.send(hook) == 1
    address = pressed.headers["location"]
    seen = await post.office.client.get(address, headers=post.office.headers)
    assert (seen.json()["state"], seen.json()["next_attempt_at"]) == ("failed", None)
    receiver.answer = answering(200)
    await post.call("POST", "/webhooks/empfang/test")
    assert await post.send(hook) == 1
    event = json.loads(receiver.received[-1].body)
    assert event["type"] == "gateway.webhook.tested.v1"
    assert [one["state"] for one in await post.log()] == ["delivered", "failed"]
    assert (await post.read())["state"] == "disabled"


async def test_one_delivery_is_sent_again_with_its_own_id(post: Post, receiver: Receiver) -> None:
    hook = await post.hook(receiver)
    await post.boards.made("/bodies", a_body())
    await post.send(hook)
    [delivery] = await post.log()
    again = f"/webhooks/empfang/deliveries/{delivery['id']}"
    assert (await post.call("POST", f"{again}/replay")).status_code == 202
    assert (await post.call("GET", again)).json()["state"] == "waiting"
    assert await post.send(hook) == 1
    assert len(receiver.received) == 2
    assert len(set(receiver.ids)) == 1
    await post.call("POST", "/webhooks/empfang/deactivation")
    assert (await post.call("POST", f"{again}/replay")).status_code == 409
    assert (await post.call("GET", again)).json()["state"] == "delivered"
    elsewhere = await post.hook(receiver, "zweiter")
    assert elsewhere["id"] != hook["id"]
    other = again.replace("empfang", "zweiter")
    assert (await post.call("POST", f"{other}/replay")).status_code == 404


async def test_what_failed_for_good_and_is_replayed_has_the_whole_schedule_again(
    post: Post, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "SCHEDULE", SCHEDULE[:1])
    monkeypatch.setattr(rules, "KEPT", 3)
    hook = await post.hook(receiver)
    receiver.answer = answering(500)
    await post.boards.made("/bodies", a_body())
    await post.send(hook)
    post.now += SCHEDULE[0]
    assert await post.sender().send(post.office.town, UUID(hook["id"])) == 1
    assert (await post.read())["disabled_reason"] == "failing"
    await post.call("POST", "/webhooks/empfang/activation")
    [delivery] = await post.log()
    await post.call("POST", f"/webhooks/empfang/deliveries/{delivery['id']}/replay")
    assert await post.send(hook) == 1
    [delivery] = await post.log()
    assert (delivery["state"], len(delivery["attempts"])) == ("waiting", 3)
    post.now += SCHEDULE[0]
    assert await post.sender().send(post.office.town, UUID(hook["id"])) == 1
    [delivery] = await post.log()
    assert (delivery["state"], len(delivery["attempts"])) == ("failed", 3)
    assert len(set(receiver.ids)) == 1


@pytest.mark.parametrize(
    ("status", "state"), [(500, "withheld"), (410, "failed"), (204, "delivered")]
)
async def test_who_is_removed_while_something_is_on_its_way_stays_removed(
    post: Post, status: int, state: str
) -> None:
    hook = await post.hook("https://example.org/")
    await post.boards.made("/bodies", a_body())

    class Removing(Outside):
        async def post(self, url: str, headers: Any, body: bytes) -> Reply:
            removed = await post.call("POST", "/webhooks/empfang/removal")
            assert removed.status_code == 200, removed.text
            return Reply(status, None, b"")

    assert await post.send(hook, Removing(Allowed())) == 1
    [delivery] = await post.log()
    assert (delivery["state"], delivery["next_attempt_at"]) == (state, None)
    assert (await post.read())["state"] == "removed"


async def test_a_sender_makes_way_after_some_and_somebody_looks_again(
    post: Post, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "_IN_A_ROW", 2)
    hook = await post.hook(receiver)
    for number in range(3):
        await post.boards.made("/papers", a_paper(f"vorlage-{number}"))
    await post.gateway.following.catch_up()
    assert post.orders == [(hook["id"], None)]
    assert await post.send(hook) == 2
    assert post.orders == [(hook["id"], None)] * 2
    assert await post.send(hook) == 1
    assert [json.loads(one.body)["subject"] for one in receiver.received] == [
        f"papers/vorlage-{number}" for number in range(3)
    ]


async def test_an_order_that_was_lost_holds_up_nothing_for_good(
    post: Post, receiver: Receiver
) -> None:
    """The lane says that somebody will look; nobody came."""
    hook = await post.hook(receiver)
    await post.boards.made("/bodies", a_body())
    await post.gateway.following.catch_up()
    state = post.gateway.inner.state
    for minutes, orders in ((9, 1), (11, 2)):
        async with state.database.writing(actor(post.office.town, ["administrator"])) as session:
            connection = await session.connection()
            await connection.exec_driver_sql(
                f"UPDATE webhook_lane SET wake_at = now() - interval '{minutes} minutes'"
            )
        await post.boards.made("/papers", a_paper(f"vorlage-{minutes}"))
        await post.gateway.following.catch_up()
        assert post.orders == [(hook["id"], None)] * orders


async def test_the_log_is_read_page_by_page(post: Post, receiver: Receiver) -> None:
    hook = await post.hook(receiver)
    for number in range(3):
        await post.boards.made("/papers", a_paper(f"vorlage-{number}"))
    assert await post.send(hook) == 3
    seen, address = list[str](), f"/v1/{post.office.town.key}/webhooks/empfang/deliveries?limit=2"
    while address:
        page = (await post.office.client.get(address, headers=post.office.headers)).json()
        seen += [one["subject"] for one in page["items"]]
        address = page["next"]
    assert seen == [f"papers/vorlage-{number}" for number in (2, 1, 0)]


async def test_a_replay_from_the_beginning_brings_also_what_was_before_the_webhook(
    post: Post, receiver: Receiver
) -> None:
    await post.boards.made("/bodies", a_body())
    first = (await post.office.page(limit=1))["items"][0]["cursor"]
    hook = await post.hook(receiver)
    await post.boards.made("/papers", a_paper())
    assert await post.send(hook) == 1
    replayed = await post.call("POST", "/webhooks/empfang/replay", json={"after": first})
    assert replayed.json()["deliveries"] == 2
    assert await post.send(hook) == 2
    assert len(receiver.received) == 3
    assert len(set(receiver.ids)) == 2
    wrong = await post.call("POST", "/webhooks/empfang/replay", json={"after": "bm9uc2Vuc2U"})
    assert wrong.json()["errors"][0]["pointer"] == "/after"


async def test_a_long_replay_goes_on_where_it_ended_until_there_is_no_more(
    post: Post, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        await post.boards.made("/papers", a_paper(f"vorlage-{number}"))
    place = (await post.office.page(type="boards.*", limit=1))["items"][0]["cursor"]
    hook = await post.hook(receiver)
    monkeypatch.setattr(commands, "_PART", 1)
    parts = []
    for _ in range(2):
        replayed = await post.call("POST", "/webhooks/empfang/replay", json={"after": place})
        place = replayed.json()["after"]
        parts.append((replayed.json()["deliveries"], replayed.json()["more"]))
    assert parts == [(1, True), (1, False)]
    assert await post.send(hook) == 2
    subjects = [json.loads(one.body)["subject"] for one in receiver.received]
    assert subjects == ["papers/vorlage-1", "papers/vorlage-2"]


async def test_while_a_service_is_away_nothing_counts_as_an_attempt(
    post: Post, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook = await post.hook(receiver)
    await post.boards.made("/bodies", a_body())
    await post.gateway.following.catch_up()
    with monkeypatch.context() as outage:
        outage.setattr(post.gateway.inner.state.peers["boards"], "read", away)
        await post.send(hook)
    [delivery] = await post.log()
    assert (delivery["state"], delivery["attempts"]) == ("waiting", [])
    post.now += timedelta(seconds=11)
    assert await post.sender().send(post.office.town, UUID(hook["id"])) == 1
    assert len(receiver.received) == 1


async def away(*_: Any) -> None:
    raise Unavailable("The boards service is away.")


async def test_a_secret_that_cannot_be_opened_sends_nothing_unsigned(
    post: Post, receiver: Receiver
) -> None:
    hook = await post.hook(receiver)
    await post.boards.made("/bodies", a_body())
    await post.gateway.following.catch_up()
    sender = post.sender()
    post.now = datetime.now(UTC)
    sender.settings = sender.settings.model_copy(
        update={"webhook_key": Settings(webhook_key="another").webhook_key}
    )
    await sender.send(post.office.town, UUID(hook["id"]))
    [delivery] = await post.log()
    assert [one["outcome"] for one in delivery["attempts"]] == ["unsigned"]
    assert receiver.received == []


async def test_what_was_sent_long_ago_is_forgotten_and_what_waits_is_kept(
    post: Post, receiver: Receiver, settings: Settings
) -> None:
    hook = await post.hook(receiver)
    await post.boards.made("/bodies", a_body())
    await post.send(hook)
    receiver.answer = answering(500)
    await post.boards.made("/papers", a_paper())
    await post.send(hook)
    state, clerk = post.gateway.inner.state, actor(post.office.town, ["administrator"])
    do, _ = JOBS.kinds["webhooks.forget"]
    for days, left in ((29, 2), (31, 1)):
        async with state.database.writing(clerk) as session:
            connection = await session.connection()
            await connection.exec_driver_sql(
                f"UPDATE webhook_delivery SET created_at = now() - interval '{days} days'"
            )
        await do(Work(state.database, settings, clerk, {}))
        assert len(await post.log()) == left
    assert [one["state"] for one in await post.log()] == ["waiting"]
    receiver.answer = answering(200)
    everything = {"after": cursor_of(post.office.town.id, {})}
    replayed = await post.call("POST", "/webhooks/empfang/replay", json=everything)
    assert replayed.json()["deliveries"] == 2
    assert await post.send(hook) == 2
    told = {one.headers["webhook-id"]: json.loads(one.body)["id"] for one in receiver.received}
    assert sorted(told.values()) == ["boards-1", "boards-1", "boards-2"]


async def test_a_job_that_fails_for_our_own_reasons_comes_again_later(
    post: Post, receiver: Receiver, settings: Settings
) -> None:
    hook = await post.hook(receiver)
    await post.boards.made("/bodies", a_body())
    await post.gateway.following.catch_up()
    _, gives_up = JOBS.kinds["webhooks.send"]
    clerk = actor(post.office.town, ["administrator"])
    state = post.gateway.inner.state
    await gives_up(Work(state.database, settings, clerk, {"webhook": hook["id"]}))
    assert post.orders[-1] == (hook["id"], timedelta(minutes=10))


async def test_another_town_sees_nothing_of_it(
    post: Post, receiver: Receiver, bearer: Bearer
) -> None:
    await post.hook(receiver)
    stranger = bearer("administrator", town="elsewhere")
    for path in ("/webhooks", "/webhooks/empfang", "/webhooks/empfang/deliveries"):
        address = f"/v1/{post.office.town.key}{path}"
        assert (await post.office.client.get(address, headers=stranger)).status_code == 404
    for role, status in (("planner", 403), ("member", 403)):
        clerk = bearer(role, town=post.office.town.key)
        address = f"/v1/{post.office.town.key}/webhooks"
        assert (await post.office.client.get(address, headers=clerk)).status_code == status


@dataclass
class Machine:
    """A program of an office, signed in with an API key of its own."""

    post: Post
    name: str
    headers: dict[str, str]

    async def call(self, method: str, path: str, **more: Any) -> httpx.Response:
        headers = {**self.headers, **more.pop("headers", {})}
        address = f"/v1/{self.post.office.town.key}{path}"
        return await self.post.office.client.request(method, address, headers=headers, **more)

    async def hook(self, receiver: Receiver, key: str, **more: Any) -> Any:
        new = {"key": key, "url": receiver.url, "purpose": "Test", "types": ["boards.*"], **more}
        made = await self.call("POST", "/webhooks", json=new)
        assert made.status_code == 201, made.text
        return made.json()


async def machine(post: Post, name: str, role: str = "supplier", **more: Any) -> Machine:
    end = (datetime.now(UTC) + timedelta(days=30)).isoformat()
    new = {"key": name, "purpose": "Test", "roles": [role], "expires_at": end, **more}
    made = await post.call("POST", "/api-keys", json=new)
    assert made.status_code == 201, made.text
    return Machine(post, name, {"Authorization": f"Bearer {made.json()['token']}"})


async def test_a_machine_keeps_its_own_webhooks_by_itself(post: Post, receiver: Receiver) -> None:
    own = await machine(post, "jenarbeit", supplier="jenarbeit")
    hook = await own.hook(receiver, "empfang", roles=["supplier"], supplier="jenarbeit")
    await post.boards.made("/papers", a_paper())
    await post.boards.made("/papers", a_paper("geheim", visibility="administration"))
    assert (await own.call("POST", "/webhooks/empfang/test")).status_code == 202
    assert await post.send(hook) == 3
    # Two services told of them: in order is what one service says.
    assert {json.loads(one.body)["type"] for one in receiver.received} == {
        "gateway.webhook.tested.v1",
        "boards.paper.created.v1",
    }
    log = (await own.call("GET", "/webhooks/empfang/deliveries")).json()["items"]
    assert sorted(one["state"] for one in log) == ["delivered", "delivered", "withheld"]
    rotated = await own.call("POST", "/webhooks/empfang/rotation", json={"overlap_hours": 0})
    assert rotated.json()["secret"] != hook["secret"]
    paused = await own.call("POST", "/webhooks/empfang/deactivation")
    assert (paused.json()["state"], paused.json()["disabled_reason"]) == ("disabled", "by_hand")
    assert (await own.call("POST", "/webhooks/empfang/activation")).json()["state"] == "active"
    [seen] = (await own.call("GET", "/webhooks")).json()["items"]
    [key] = (await post.call("GET", "/api-keys")).json()["items"]
    assert (seen["key"], seen["api_key"]) == ("empfang", key["id"])
    assert [one["key"] for one in (await post.call("GET", "/webhooks")).json()["items"]] == [
        "empfang"
    ]


@pytest.mark.parametrize("role", ["supplier", "statistician"])
async def test_a_machine_touches_no_webhook_of_anybody_else(
    post: Post, receiver: Receiver, role: str
) -> None:
    await post.hook(receiver, "amt")
    first = await machine(post, "jenarbeit")
    await first.hook(receiver, "erster")
    await post.boards.made("/bodies", a_body())
    await post.gateway.following.catch_up()
    other = await machine(post, "statistik", role)
    before = [await post.read("amt"), await post.read("erster")]
    assert (await other.call("GET", "/webhooks")).json()["items"] == []
    for key in ("amt", "erster"):
        [delivery] = await post.log(key)
        change = {"json": {"purpose": "x"}, "headers": {"If-Match": '"r1"'}}
        one = f"/deliveries/{delivery['id']}"
        for method, path, more in (
            ("GET", "", {}),
            ("PATCH", "", change),
            ("GET", "/history", {}),
            ("GET", "/deliveries", {}),
            ("GET", one, {}),
            ("POST", f"{one}/replay", {}),
            ("POST", "/replay", {"json": {"after": "x"}}),
            ("POST", "/test", {}),
            ("POST", "/rotation", {"json": {}}),
            ("POST", "/activation", {}),
            ("POST", "/deactivation", {}),
            ("POST", "/removal", {}),
        ):
            refused = await other.call(method, f"/webhooks/{key}{path}", **more)
            assert refused.status_code == 404, (method, path, refused.text)
    assert [await post.read("amt"), await post.read("erster")] == before


async def test_a_webhook_of_a_machine_knows_no_more_than_its_key(
    post: Post, receiver: Receiver, bearer: Bearer
) -> None:
    own = await machine(post, "jenarbeit", supplier="jenarbeit")
    new = {"key": "x1", "url": receiver.url, "purpose": "p", "types": ["*"]}
    for change, pointer in (
        ({"roles": ["administrator"]}, "/roles/0"),
        ({"roles": ["supplier", "planner"]}, "/roles/0"),
        ({"supplier": "statistik"}, "/supplier"),
        ({"url": "https://10.0.0.1/"}, "/url"),
        ({"api_key": "0197f3a4-5b6c-7d8e-9f00-112233445566"}, "/api_key"),
    ):
        refused = await own.call("POST", "/webhooks", json=new | change)
        assert refused.status_code == 422, refused.text
        assert refused.json()["errors"][0]["pointer"] == pointer
    for role in ("supplier", "statistician"):
        person = bearer(role, town=post.office.town.key)
        address = f"/v1/{post.office.town.key}/webhooks"
        refused = await post.office.client.post(address, json=new, headers=person)
        assert refused.status_code == 403
    assert (await post.call("GET", "/webhooks")).json()["items"] == []
    for number in range(MOST_OWN):
        await own.hook(receiver, f"hook-{number}")
    full = await own.call("POST", "/webhooks", json=new)
    assert full.status_code == 409
    assert (await own.call("POST", "/webhooks/hook-0/removal")).json()["state"] == "removed"
    assert (await own.call("POST", "/webhooks", json=new)).status_code == 201


@pytest.mark.parametrize("end", ["revoked", "expired"])
async def test_with_its_key_a_webhook_falls_silent_and_the_log_says_why(
    post: Post, receiver: Receiver, end: str
) -> None:
    own = await machine(post, "statistik", "statistician")
    hook = await own.hook(receiver, "empfang", roles=["statistician"])
    await post.boards.made("/papers", a_paper("intern", visibility="administration"))
    assert await post.send(hook) == 1
    assert len(receiver.received) == 1
    await post.boards.made("/papers", a_paper())
    await post.gateway.following.catch_up()
    if end == "revoked":
        await post.call("POST", "/api-keys/statistik/revocation")
        post.now = datetime.now(UTC)
    else:
        post.now += timedelta(days=31)
    assert await post.sender().send(post.office.town, UUID(hook["id"])) == 1
    assert len(receiver.received) == 1
    [silent, sent] = await post.log()
    assert (sent["state"], silent["state"]) == ("delivered", "withheld")
    assert [one["outcome"] for one in silent["attempts"]] == ["key_ended"]
    found = await post.read()
    assert (found["state"], found["disabled_reason"]) == ("disabled", "key_ended")
    kind, data = (await post.journal())[-1]
    assert (kind, data["reason"]) == ("gateway.webhook.disabled.v1", "key_ended")
    await post.boards.made("/bodies", a_body())
    assert await post.send(hook) == 0
    if end == "revoked":
        assert (await own.call("GET", "/webhooks")).status_code == 401
        await post.call("POST", "/webhooks/empfang/activation")
        wish = {"after": found["missed_from"]}
        refused = await post.call("POST", "/webhooks/empfang/replay", json=wish)
        assert refused.status_code == 409


async def test_a_rotated_key_is_the_same_machine(post: Post, receiver: Receiver) -> None:
    own = await machine(post, "jenarbeit")
    hook = await own.hook(receiver, "empfang")
    rotated = await post.call("POST", "/api-keys/jenarbeit/rotation", json={"overlap_hours": 0})
    own.headers = {"Authorization": f"Bearer {rotated.json()['token']}"}
    assert (await own.call("GET", "/webhooks/empfang")).status_code == 200
    await post.boards.made("/papers", a_paper())
    assert await post.send(hook) == 1
    assert len(receiver.received) == 1


async def test_what_is_removed_is_silent_for_good(post: Post, receiver: Receiver) -> None:
    hook = await post.hook(receiver)
    await post.boards.made("/bodies", a_body())
    await post.gateway.following.catch_up()
    assert (await post.call("POST", "/webhooks/empfang/removal")).json()["state"] == "removed"
    await post.boards.made("/papers", a_paper())
    assert await post.send(hook) == 0
    assert receiver.connections == 0
    assert [one["state"] for one in await post.log()] == ["withheld"]
    for path, body in (
        ("/activation", None),
        ("/deactivation", None),
        ("/test", None),
        ("/rotation", {}),
        ("/replay", {"after": "x"}),
    ):
        refused = await post.call("POST", f"/webhooks/empfang{path}", json=body)
        assert refused.status_code == 409, (path, refused.text)
    assert (await post.call("POST", "/webhooks/empfang/removal")).status_code == 200
    assert [kind for kind, _ in await post.journal()].count("gateway.webhook.removed.v1") == 1
    assert await post.secrets() == []


async def test_a_secret_that_signs_no_more_is_forgotten(
    post: Post, receiver: Receiver, settings: Settings
) -> None:
    await post.hook(receiver)
    do, _ = JOBS.kinds["webhooks.forget"]
    state, clerk = post.gateway.inner.state, actor(post.office.town, ["administrator"])
    for hours, left in ((24, 2), (0, 1)):
        wish = {"overlap_hours": hours}
        assert (await post.call("POST", "/webhooks/empfang/rotation", json=wish)).status_code == 200
        stored = await post.secrets()
        await do(Work(state.database, settings, clerk, {}))
        assert await post.secrets() == stored[-left:]
        assert len(stored) == left + 2 * (hours == 0)
    await post.call("POST", "/webhooks/empfang/rotation", json={"overlap_hours": 0})
    await post.hook(receiver, "zweiter")
    assert len(await post.secrets()) == 3
    await post.call("POST", "/webhooks/empfang/removal")
    assert len(await post.secrets()) == 1
