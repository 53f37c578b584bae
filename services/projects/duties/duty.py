"""What a grant demands, and how a day or an amount says it: pure functions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from services.contracts.projects.figures import Clause, Figure, Reason
from services.contracts.projects.obligations import ObligationKind
from services.contracts.shared.base import Language
from services.kit.writing import in_signs

TITLES: Mapping[ObligationKind, dict[Language, str]] = {
    ObligationKind.proof_of_use: {"de": "Verwendungsnachweis", "en": "Proof of use"},
    ObligationKind.interim_proof: {"de": "Zwischennachweis", "en": "Interim proof"},
    ObligationKind.spending: {
        "de": "Ausgezahlte Mittel verwenden",
        "en": "Use the money paid out",
    },
    ObligationKind.reporting: {"de": "Bericht an die Förderstelle", "en": "Report to the funder"},
    ObligationKind.application: {"de": "Folgeantrag stellen", "en": "Apply for what follows"},
    ObligationKind.onward_proof: {
        "de": "Nachweis der weitergeleiteten Mittel",
        "en": "Proof of use of money passed on",
    },
    ObligationKind.onward_repayment: {
        "de": "Rückzahlung weitergeleiteter Mittel",
        "en": "Repayment of money passed on",
    },
    ObligationKind.retention: {
        "de": "Unterlagen aufbewahren bis",
        "en": "Keep the documents until",
    },
    ObligationKind.repayment: {"de": "Zuwendung erstatten", "en": "Pay back of the grant"},
}


@dataclass(frozen=True)
class Duty:
    """An obligation as it follows from facts; `fulfilled_on` when the facts say that it is done."""

    kind: ObligationKind
    origin: str
    title: Mapping[Language, str]
    event_on: date | None = None
    raw_due: date | None = None
    due_on: date | None = None
    reason: Reason | None = None
    clauses: Sequence[Clause] = field(default_factory=tuple)
    fulfilled_on: date | None = None


def by_figure(kind: ObligationKind, origin: str, due: Figure, of: str = "") -> Duty:
    """The duty whose day a figure says."""
    inputs = {one.name: one.value for one in due.inputs}
    event, raw = inputs.get("event"), inputs.get("raw_due")
    return Duty(
        kind=kind,
        origin=origin,
        title={lang: f"{text} {of}".strip() for lang, text in TITLES[kind].items()},
        event_on=event if isinstance(event, date) else None,
        raw_due=raw if isinstance(raw, date) else None,
        due_on=due.value if isinstance(due.value, date) else None,
        reason=due.reason,
        clauses=due.clauses,
    )


def of_money(kind: ObligationKind, amount: Decimal, of: str = "") -> dict[Language, str]:
    """The title with its amount."""
    return {
        lang: f"{text}{of} ({in_signs(f'{amount:.2f}', lang)} EUR)"
        for lang, text in TITLES[kind].items()
    }
