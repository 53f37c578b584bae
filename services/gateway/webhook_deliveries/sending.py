"""Sending what is due: one lane for each webhook, so that who hangs holds up nobody else.

A lane is lent to one sender at a time and comes back by itself when the sender dies. What was sent
and not noted before that is sent again, with the same id.
"""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from services.contracts.gateway.webhooks import (
    Attempt,
    AttemptOutcome,
    DisabledReason,
    WebhookDeliveryState,
    WebhookState,
)
from services.contracts.shared.access import Actor, Municipality, Role
from services.contracts.shared.events import Event
from services.gateway.events.queries import Journals
from services.gateway.jobs import JOBS
from services.gateway.webhook_deliveries import queries, rules
from services.gateway.webhook_deliveries.commands import SEND, api_key_of, disable, reader_of, wake
from services.gateway.webhook_deliveries.tables import WebhookDeliveryRow
from services.gateway.webhooks import queries as webhooks
from services.gateway.webhooks.commands import sealing_key
from services.gateway.webhooks.queries import WEBHOOKS
from services.gateway.webhooks.rules import opened, signatures
from services.gateway.webhooks.tables import WebhookRow
from services.kit.clients import service_actor
from services.kit.database import Database, municipality_of
from services.kit.jobs import Work
from services.kit.outside import Blocked, Outside, Reply, Unreachable
from services.kit.problems import Problem
from services.kit.settings import Settings

AT_ONCE = 16
_IN_A_ROW = 20
_LENT = timedelta(seconds=45)
"""Longer than one attempt can take with all that belongs to it."""
_AWAY = timedelta(seconds=10)
_LATER = timedelta(minutes=10)
_KEPT = timedelta(days=30)
AGENT = "Planraum"


__all__ = ["JOBS", "Sender"]


def now_utc() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Parcel:
    """What is to be sent, with all that is needed once the transaction is over."""

    delivery: WebhookDeliveryRow
    hook: WebhookRow
    secrets: list[str]
    reader: Actor | None
    """None: the API key that it belongs to has ended."""


@dataclass
class Sender:
    """Sends what is due to one webhook. Clock and chance are given by tests."""

    database: Database
    journals: Journals
    settings: Settings
    outside: Outside
    clock: Callable[[], datetime] = now_utc
    chance: Callable[[], float] = field(default=random.random)

    async def send(self, town: Municipality, webhook: UUID) -> int:
        """Send what is due now, a few in a row, and see to it that somebody looks again.

        The number of attempts. Does nothing while another sender is at it.
        """
        actor = service_actor("webhooks", town)
        if not await self._lend(actor, webhook):
            return 0
        sent = 0
        while sent < _IN_A_ROW:
            parcel = await self._next(actor, webhook)
            if parcel is None:
                break
            await self._attempt(actor, parcel)
            sent += 1
        await self._give_back(actor, webhook)
        return sent

    async def _lend(self, actor: Actor, webhook: UUID) -> bool:
        now = self.clock()
        async with self.database.writing(actor) as session:
            lane = await queries.lane(session, webhook)
            lane.wake_at = None
            if lane.busy_until is not None and lane.busy_until > now:
                await wake(session, lane, lane.busy_until, now)
                return False
            lane.busy_until = now + _LENT
            await session.flush()
            return True

    async def _next(self, actor: Actor, webhook: UUID) -> Parcel | None:
        now = self.clock()
        async with self.database.writing(actor) as session:
            lane = await queries.lane(session, webhook)
            lane.busy_until = now + _LENT
            hook = await WEBHOOKS.one(session, str(webhook))
            row = await queries.due(session, hook, now, tests_only=_silent(hook))
            if row is None:
                return None
            key = sealing_key(self.settings)
            sealed = await webhooks.secrets_of(session, hook)
            plain = [opened(one.sealed, key) for one in sealed]
            secrets = [one for one in plain if one is not None]
            held = await api_key_of(session, hook, now)
            return Parcel(row, hook, secrets, reader_of(hook, municipality_of(session), held))

    async def _give_back(self, actor: Actor, webhook: UUID) -> None:
        now = self.clock()
        async with self.database.writing(actor) as session:
            lane = await queries.lane(session, webhook)
            lane.busy_until = None
            await session.flush()
            hook = await WEBHOOKS.one(session, str(webhook))
            due = await queries.next_due(session, hook, tests_only=_silent(hook))
            if due is not None:
                await wake(session, lane, max(due, now), now)

    async def _attempt(self, actor: Actor, parcel: Parcel) -> None:
        if parcel.reader is None:
            await self._silence(actor, parcel)
            return
        try:
            event = await self._event(parcel, parcel.reader)
        except Problem:  # the service is away; nothing was attempted
            await self._put_off(actor, parcel, self.clock() + _AWAY)
            return
        if event is None:
            await self._put_off(actor, parcel, None)
            return
        body = event.model_dump_json().encode()
        at, started = self.clock(), time.monotonic()
        outcome, reply = await self._post(parcel, at, body)
        attempt = Attempt(
            at=at,
            outcome=outcome,
            status=reply.status if reply else None,
            duration_ms=round(1000 * (time.monotonic() - started)),
            answer=rules.shown(reply.body) if reply else None,
        )
        await self._keep(actor, parcel, attempt, reply.retry_after if reply else None)

    async def _event(self, parcel: Parcel, reader: Actor) -> Event | None:
        """What the roles of the webhook may know of it at this moment."""
        row = parcel.delivery
        if row.service == rules.TEST:
            return self.journals.made(
                reader, rules.TEST, rules.tested(row.seq, row.subject, row.created_at)
            )
        return await self.journals.one(reader, row.service, row.seq, row.type)

    async def _post(
        self, parcel: Parcel, at: datetime, body: bytes
    ) -> tuple[AttemptOutcome, Reply | None]:
        if not parcel.secrets:
            return AttemptOutcome.unsigned, None
        headers = self._headers(parcel, at, body)
        try:
            reply = await self.outside.post(parcel.hook.url, headers, body)
        except Blocked:
            return AttemptOutcome.blocked, None
        except Unreachable as error:
            return AttemptOutcome(error.why), None
        return rules.meaning(reply.status), reply

    def _headers(self, parcel: Parcel, at: datetime, body: bytes) -> Mapping[str, str]:
        message, timestamp = rules.message_id(parcel.delivery.id), int(at.timestamp())
        return {
            "content-type": "application/cloudevents+json; charset=utf-8",
            "user-agent": AGENT,
            "webhook-id": message,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": signatures(message, timestamp, body, parcel.secrets),
        }

    async def _put_off(self, actor: Actor, parcel: Parcel, until: datetime | None) -> None:
        """Until then; or, when the webhook may not know of it, until a replay."""
        async with self.database.writing(actor) as session:
            row = await queries.one(session, parcel.hook, parcel.delivery.id, lock=True)
            row.next_at = until
            if until is None:
                row.state = WebhookDeliveryState.withheld

    async def _silence(self, actor: Actor, parcel: Parcel) -> None:
        """Nothing is sent any more for an API key that has ended; the log says why."""
        at = self.clock()
        ended = Attempt(
            at=at, outcome=AttemptOutcome.key_ended, status=None, duration_ms=0, answer=None
        )
        async with self.database.writing(actor) as session:
            hook = await WEBHOOKS.one(session, str(parcel.hook.id), lock=True)
            row = await queries.one(session, hook, parcel.delivery.id, lock=True)
            row.attempts = [*row.attempts, ended.model_dump(mode="json")][-rules.KEPT :]
            row.state, row.next_at = WebhookDeliveryState.withheld, None
            await session.flush()
            if not _silent(hook):
                await disable(session, hook, DisabledReason.key_ended)

    async def _keep(self, actor: Actor, parcel: Parcel, attempt: Attempt, wish: str | None) -> None:
        now = self.clock()
        async with self.database.writing(actor) as session:
            # In the order of everybody who changes them: webhook, delivery, lane.
            hook = await WEBHOOKS.one(session, str(parcel.hook.id), lock=True)
            row = await queries.one(session, hook, parcel.delivery.id, lock=True)
            row.tries += 1
            row.attempts = [*row.attempts, attempt.model_dump(mode="json")][-rules.KEPT :]
            test = row.service == rules.TEST
            then = rules.following(attempt.outcome, row.tries, now, self.chance(), wish, test=test)
            removed = hook.state == WebhookState.removed
            if removed and then.at is not None:
                then = rules.Next(WebhookDeliveryState.withheld)
            row.state, row.next_at = then.state, then.at
            lane = await queries.lane(session, row.webhook)
            if then.state is WebhookDeliveryState.delivered:
                lane.well_at = now
            await session.flush()
            never_well = lane.well_at is None or lane.well_at < row.created_at
            if not removed and (then.gone or (then.gives_up and never_well)):
                reason = DisabledReason.gone if then.gone else DisabledReason.failing
                await disable(session, hook, reason)


def _silent(hook: WebhookRow) -> bool:
    return hook.state != WebhookState.active


@JOBS.does(SEND, gives_up=lambda work: _later(work), at_once=AT_ONCE)
async def _send(work: Work) -> None:
    town = work.actor.municipality
    assert town is not None
    sender = Sender(work.database, work.state.journals, work.settings, work.state.outside)
    await sender.send(town, UUID(work.data["webhook"]))


async def _later(work: Work) -> None:
    """It failed too often in a row for a reason of our own: look again in a while."""
    async with work.database.writing(work.actor) as session:
        lane = await queries.lane(session, UUID(work.data["webhook"]))
        lane.wake_at, now = None, now_utc()
        await wake(session, lane, now + _LATER, now)


@JOBS.daily("webhooks.forget", at="40 2", role=Role.administrator)
async def _forget(work: Work) -> None:
    """Forget what was sent long ago, and secrets that sign no more; what waits is kept."""
    async with work.database.writing(work.actor) as session:
        await queries.forget(session, now_utc() - _KEPT)
        await webhooks.forget_secrets(session)
