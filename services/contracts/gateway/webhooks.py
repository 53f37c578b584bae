"""Webhooks: addresses that are told what happened (Webhooks), by the rules of Standard Webhooks."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from services.contracts.shared.access import Role
from services.contracts.shared.base import Answer, Key, Line, Request, Stored, example
from services.contracts.shared.events import TypePattern

Target = Annotated[
    str,
    StringConstraints(pattern=r"^https?://[!-~]+$", max_length=2000),
    Field(
        description="Where events are sent to, by POST. https, unless the operator of the "
        "installation allows the host; port 443 or one from 1024 on; names with umlauts in their "
        "ASCII form (xn--)."
    ),
]


class WebhookState(StrEnum):
    """Whether it is told (Stand des Webhooks)."""

    active = "active"
    disabled = "disabled"
    removed = "removed"


class DisabledReason(StrEnum):
    """Why a webhook is told no longer (Grund der Abschaltung)."""

    by_hand = "by_hand"
    gone = "gone"
    failing = "failing"
    key_ended = "key_ended"


class WebhookDeliveryState(StrEnum):
    """What has become of a notification (Stand der Zustellung)."""

    waiting = "waiting"
    delivered = "delivered"
    failed = "failed"
    withheld = "withheld"


class AttemptOutcome(StrEnum):
    """How one attempt ended (Ergebnis des Versuchs)."""

    accepted = "accepted"
    refused = "refused"
    redirected = "redirected"
    gone = "gone"
    unreachable = "unreachable"
    timeout = "timeout"
    tls = "tls"
    blocked = "blocked"
    unsigned = "unsigned"
    key_ended = "key_ended"


def _in_order(types: list[str]) -> list[str]:
    return sorted(set(types))


def _real_roles(roles: list[Role]) -> list[Role]:
    if Role.public in roles:
        raise ValueError("everybody is public; name what the receiver is beyond that")
    return sorted(set(roles))


class WebhookDetails(Request):
    """What can change about a webhook."""

    model_config = example(
        url="https://jenarbeit.example.org/planraum",
        purpose="Tells the job centre what became of its deliveries",
        types=["indicators.delivery.*", "indicators.release.created.v1"],
    )

    url: Target
    purpose: Line = Field(description="Who is told and what for, for whoever reviews webhooks.")
    types: Annotated[list[TypePattern], AfterValidator(_in_order)] = Field(
        min_length=1, max_length=50, description="Of which events it is told."
    )


class NewWebhook(WebhookDetails):
    """An address that is told what happens. `key`, `roles` and `supplier` are for good."""

    model_config = example(
        key="jenarbeit",
        url="https://jenarbeit.example.org/planraum",
        purpose="Tells the job centre what became of its deliveries",
        types=["indicators.delivery.*", "indicators.release.created.v1"],
        roles=["supplier"],
        supplier="jenarbeit",
    )

    key: Key
    roles: Annotated[list[Role], AfterValidator(_real_roles)] = Field(
        default=[], description="It is told what these roles may see; none: what everybody may."
    )
    supplier: Annotated[
        Key | None, Field(description="Key of the organisation whose deliveries it hears of.")
    ] = None


class Webhook(Stored, NewWebhook):
    """A webhook as it is stored; its secrets are not shown."""

    model_config = {**Stored.model_config, **NewWebhook.model_config, "extra": "ignore"}

    api_key: UUID | None = Field(
        description="The API key whose own it is: it is told nothing that the key may not see, and "
        "nothing when the key has ended. Null: the administration's."
    )
    state: WebhookState
    disabled_reason: DisabledReason | None
    disabled_at: datetime | None
    missed_from: str | None = Field(
        description="Cursor of what it was not told since it was disabled, for its replay."
    )


class IssuedWebhook(Webhook):
    """A webhook with a new secret, shown this once (einmalige Anzeige)."""

    secret: str = Field(
        description="With it the receiver checks `webhook-signature`. Never shown again.",
        examples=["whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"],
    )


class SecretRotation(Request):
    """How long is signed with the secrets before the new one as well (Überlappung)."""

    model_config = example(overlap_hours=24)

    overlap_hours: int = Field(default=24, ge=0, le=168, description="0 ends them at once.")


class Attempt(Answer):
    """One attempt to deliver (Zustellversuch)."""

    at: datetime
    outcome: AttemptOutcome
    status: int | None = Field(description="Status of the answer; null when there was none.")
    duration_ms: int
    answer: str | None = Field(description="The first 1,000 characters of the answer.")


class WebhookDelivery(Answer):
    """One event on its way to one webhook (Zustellung)."""

    model_config = {
        **Answer.model_config,
        **example(
            id="0197f3a4-5b6c-7d8e-9f00-112233445566",
            message="msg_0197f3a45b6c7d8e9f00112233445566",
            event="boards-42",
            type="boards.resolution.created.v1",
            subject="resolutions/0412-2025",
            state="delivered",
            next_attempt_at="2025-06-18T17:04:16Z",
            created_at="2025-06-18T17:04:11Z",
            attempts=[
                {
                    "at": "2025-06-18T17:04:11Z",
                    "outcome": "accepted",
                    "status": 204,
                    "duration_ms": 87,
                    "answer": "",
                }
            ],
        ),
    }

    id: UUID
    message: str = Field(description="The `webhook-id`: the same in every attempt and replay.")
    event: str = Field(description="The `id` of the event.")
    type: str
    subject: str
    state: WebhookDeliveryState
    next_attempt_at: datetime | None = Field(description="When it is tried next, or null.")
    created_at: datetime
    attempts: list[Attempt] = Field(description="The latest 20, the first of them first.")


class ReplayRequest(Request):
    """From where on everything is sent again (Wiederholung)."""

    model_config = example(after="WzE2MDUzMDAwMDAwMCwiYm9hcmRzOjQyIl0")

    after: str = Field(
        max_length=500, description="Cursor of an event, `missed_from`, or `after` of the answer."
    )


class Replay(Answer):
    """What is sent again (Wiederholung)."""

    model_config = {
        **Answer.model_config,
        **example(deliveries=12, after="WzE2MDUzMDAwMDAwMCwiYm9hcmRzOjU0Il0", more=False),
    }

    deliveries: int = Field(description="Events that are sent, for the first time or again.")
    after: str = Field(description="Where to go on while there is more.")
    more: bool
