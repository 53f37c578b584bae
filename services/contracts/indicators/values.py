"""What a figure is, and why it may be missing (Wertzeichen, DIN 55301)."""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from services.contracts.shared.base import Answer, Texts, example

IndicatorKind = Literal["count", "rate", "ratio", "mean", "index"]
"""How the figures of an indicator come about (Art des Indikators)."""


class ValueStatus(StrEnum):
    """Whether a figure has a value, and if not, why (Wertzeichen).

    A figure has a value if, and only if, its status is `normal` or `limited`. `nothing` has no
    value either: "-" also stands for areas that no longer exist, so it never becomes a zero.
    """

    normal = "normal"
    nothing = "nothing"
    unknown = "unknown"
    not_meaningful = "not_meaningful"
    unreliable = "unreliable"
    pending = "pending"
    limited = "limited"
    confidential = "confidential"
    missing = "missing"


class StatusText(Answer):
    """How a status is written and read."""

    model_config = example(
        status="unknown",
        marker=".",
        has_value=False,
        label={"de": "Zahlenwert unbekannt oder geheim zu halten", "en": "unknown or secret"},
    )

    status: ValueStatus
    marker: str = Field(description="The sign in tables; empty where the cell stays plain.")
    has_value: bool
    label: Texts


_TEXTS: dict[ValueStatus, tuple[str, str, str]] = {
    ValueStatus.normal: ("", "Wert liegt vor", "value present"),
    ValueStatus.nothing: ("-", "nichts vorhanden", "nothing exists"),
    ValueStatus.unknown: (
        ".",
        "Zahlenwert unbekannt oder geheim zu halten",
        "value unknown or not to be disclosed",
    ),
    ValueStatus.not_meaningful: (
        "x",
        "Tabellenfach gesperrt, weil Aussage nicht sinnvoll",
        "cell blocked, a value would not be meaningful",
    ),
    ValueStatus.unreliable: (
        "/",
        "keine Angabe, da Zahlenwert nicht sicher genug",
        "no value, not reliable enough",
    ),
    ValueStatus.pending: ("...", "Angabe fällt später an", "value follows later"),
    ValueStatus.limited: (
        "()",
        "Aussagewert eingeschränkt",
        "value of limited reliability",
    ),
    ValueStatus.confidential: (
        "*",
        "aus Gründen der statistischen Geheimhaltung nicht ausgewiesen",
        "hidden to protect individuals",
    ),
    ValueStatus.missing: ("", "keine Angabe geliefert", "no value delivered"),
}


def _text(status: ValueStatus, marker: str, german: str, english: str) -> StatusText:
    return StatusText(
        status=status,
        marker=marker,
        has_value=has_value(status),
        label={"de": german, "en": english},
    )


def has_value(status: ValueStatus) -> bool:
    """True if a figure of this status carries a value."""
    return status is ValueStatus.normal or status is ValueStatus.limited


STATUS_TEXTS: dict[ValueStatus, StatusText] = {
    status: _text(status, *texts) for status, texts in _TEXTS.items()
}
"""Marker and German and English label of every status."""


def marker_of(status: ValueStatus) -> str:
    """The sign that stands in a table cell instead of (or, for `()`, around) the value."""
    return _TEXTS[status][0]
