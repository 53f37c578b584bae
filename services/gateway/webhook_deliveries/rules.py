"""When it is tried again, when no longer, and what an answer means: pure functions.

Schedule and meaning of answers are those of Standard Webhooks.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from services.contracts.gateway.webhooks import AttemptOutcome, WebhookDeliveryState
from services.contracts.shared.event_types import TESTED, TYPES
from services.contracts.shared.events import Happened

SCHEDULE = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""How long after each failure it is tried again; after the last one no more."""
JITTER = 0.1
_LONGEST_WISH = timedelta(hours=24)
ANSWER = 1000
KEPT = 20
TEST = "test"
_TOLD = frozenset(TYPES)


@dataclass(frozen=True)
class Next:
    """What follows from an attempt: the state, when it is tried next, and what of the webhook."""

    state: WebhookDeliveryState
    at: datetime | None = None
    gone: bool = False
    gives_up: bool = False


def meaning(status: int) -> AttemptOutcome:
    """What a status says: anything but 2xx is a failure, also a redirect, which is not followed."""
    if 200 <= status < 300:
        return AttemptOutcome.accepted
    if status == 410:
        return AttemptOutcome.gone
    return AttemptOutcome.redirected if 300 <= status < 400 else AttemptOutcome.refused


def following(
    outcome: AttemptOutcome,
    tries: int,
    now: datetime,
    chance: float,
    wish: str | None,
    *,
    test: bool,
) -> Next:
    """What follows from the attempt number `tries`.

    `chance` from 0 to 1 spreads retries over a tenth more; `wish` is the answer's Retry-After.
    """
    if outcome is AttemptOutcome.accepted:
        return Next(WebhookDeliveryState.delivered)
    if outcome is AttemptOutcome.gone:
        return Next(WebhookDeliveryState.failed, gone=not test)
    if test:
        return Next(WebhookDeliveryState.failed)
    if tries > len(SCHEDULE):
        return Next(WebhookDeliveryState.failed, gives_up=True)
    wait = SCHEDULE[tries - 1] * (1 + JITTER * chance)
    if wish is not None and wish.isascii() and wish.isdigit() and len(wish) < 9:
        wait = max(wait, min(timedelta(seconds=int(wish)), _LONGEST_WISH))
    return Next(WebhookDeliveryState.waiting, now + wait)


def tested(seq: int, subject: str, at: datetime) -> Happened:
    """An event that says nothing but that it arrives."""
    return Happened(seq=seq, type=TESTED, subject=subject, at=at, data={})


def is_told(type: str) -> bool:
    """Whether others are told of such entries at all."""
    return type in _TOLD


def wants(types: list[str], type: str) -> bool:
    """Whether one of the patterns means this type."""
    return any(type.startswith(one[:-1]) if one.endswith("*") else type == one for one in types)


def message_id(delivery: UUID) -> str:
    """The `webhook-id`: the receiver knows by it what it has seen already."""
    return f"msg_{delivery.hex}"


def shown(body: bytes) -> str:
    """The beginning of an answer, as a text that can be stored and shown."""
    text = body[: 4 * ANSWER].decode("utf-8", "replace")
    return "".join(one if one.isprintable() or one in "\n\t" else "\ufffd" for one in text)[:ANSWER]
