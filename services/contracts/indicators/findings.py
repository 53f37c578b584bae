"""Findings of needs analysis (Befunde): where a rule holds, since when, and what people say."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from services.contracts.indicators.needs import Evidence, Outcome, Severity
from services.contracts.shared.base import (
    Key,
    Line,
    LongTexts,
    Prose,
    Request,
    Stored,
    Texts,
    Visibility,
    example,
)


class FindingState(StrEnum):
    """What has become of a finding (Stand des Befunds)."""

    open = "open"
    confirmed = "confirmed"
    dismissed = "dismissed"
    resolved = "resolved"


class FindingTexts(Request):
    """What people say of a finding: how life is there, beyond the figures (Lebenslage)."""

    model_config = example(
        description={"de": "Familien berichten von langen Wegen und Wartelisten."},
        source="Quartiersgespräch Lobeda, Frühjahr 2026",
    )

    description: LongTexts | None = None
    source: Annotated[Line | None, Field(description="Where this is known from.")] = None


class Confirmation(Request):
    """That a finding is so (Bestätigung)."""

    model_config = example(reason="Beobachtung der Stadtteilarbeit deckt sich mit den Zahlen.")

    reason: Prose | None = None


class Dismissal(Request):
    """That a finding is of no concern, and why (Verwerfung)."""

    model_config = example(reason="Neue Kita eröffnet im August; die Plätze sind schon vergeben.")

    reason: Prose


class Finding(Stored, FindingTexts):
    """A finding (Befund): an area in which a rule of needs analysis holds."""

    model_config = {
        **Stored.model_config,
        **example(
            key="kinderarmut-ohne-kita-lobeda-west-r3",
            rule="kinderarmut-ohne-kita",
            rule_revision=1,
            area="lobeda-west",
            level="statistischer-bezirk",
            title={"de": "Viele Kinder im SGB II, wenige Kitaplätze"},
            topic="kinder-jugend",
            severity="high",
            state="open",
            first_seen=3,
            last_seen=4,
            outcome="met",
            resolved_in=None,
            resolution=None,
            evidence=[],
            description=None,
            source=None,
            reason=None,
            decided_by=None,
            decided_at=None,
            visibility="administration",
        ),
        "extra": "ignore",
    }

    key: Key
    rule: str
    rule_revision: int = Field(description="Revision of the rule by which it was last seen.")
    area: str
    level: str
    title: Texts
    topic: Key | None
    severity: Severity
    state: FindingState
    first_seen: int = Field(description="Number of the release that it was found with.")
    last_seen: int = Field(description="Number of the last release in which the rule held.")
    outcome: Outcome = Field(
        description="At the last release; `unknown` where figures are hidden or missing by now."
    )
    resolved_in: int | None = Field(description="Number of the release that it was gone with.")
    resolution: Literal["no_longer_met", "area_ended"] | None
    evidence: list[Evidence] = Field(
        description="One for each condition, of the last release in which the rule held."
    )
    reason: str | None = Field(description="Why it was confirmed or dismissed.")
    decided_by: str | None = Field(description="An identifier, never a name.")
    decided_at: datetime | None
    visibility: Visibility
