"""What is known of parts of a grant: plain data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.contracts.projects.staffings import WorkedHours


@dataclass(frozen=True)
class Source:
    """Who pays what in which year."""

    kind: str
    year: int | None
    amount: Decimal | None


@dataclass(frozen=True)
class Budget:
    """What may be spent on a category in a year; no year is the whole period."""

    category: str
    year: int | None
    amount: Decimal


@dataclass(frozen=True)
class Spending:
    """The grant's part of an expenditure, as far as it is known on the day."""

    key: str
    category: str
    invoiced_on: date | None
    paid_on: date | None
    amount: Decimal
    accepted: Decimal | None
    """What the funder accepted of it; None while it is not checked."""
    evidence: bool
    shares: Sequence[Decimal] = (Decimal(100),)

    @property
    def counts(self) -> Decimal:
        """What counts as eligible for now."""
        return self.amount if self.accepted is None else self.accepted


@dataclass(frozen=True)
class Order:
    """What is ordered and not invoiced, and when it will be due."""

    amount: Decimal
    due_on: date | None


@dataclass(frozen=True)
class Staffing:
    """Full-time equivalents of a position that are filled for some time, and their pay."""

    starts_on: date
    ends_on: date | None
    fte: Decimal
    step: int | None
    monthly: Decimal | None
    liable: Decimal | None
    annual_cost: Decimal | None = None
    """Of twelve months, as employed; it is charged by hours."""
    hours: Sequence[WorkedHours] = ()

    @property
    def by_hours(self) -> bool:
        """Is it charged by hours, and not by pay?"""
        return self.annual_cost is not None or bool(self.hours)


@dataclass(frozen=True)
class Income:
    """Money beside the grant that came in: of a third party, revenue, or own."""

    kind: str
    received_on: date
    amount: Decimal


@dataclass(frozen=True)
class Staff:
    """A position, and what of it the grant pays."""

    key: str
    grade: str | None
    fte: Decimal
    starts_on: date
    ends_on: date | None
    share: Decimal
    funded_from: date
    funded_until: date | None
    staffings: Sequence[Staffing] = ()
    """When what of it was filled; empty when nobody has said so."""
    rule_scope: str | None = None
    """The extra cap that it counts against."""


@dataclass(frozen=True)
class Passed:
    """Money that is passed on, or applied for (Weiterleitung)."""

    name: str
    """Its key; of a natural person its identifier, which tells of nobody."""
    amount: Decimal
    """What was decided; until then what was applied for."""
    cost: Decimal | None
    applied_on: date
    starts_on: date
    rule_scope: str | None
    """The local rules that hold for it."""


@dataclass(frozen=True)
class Request:
    """A claim that was handed in and waits for money."""

    key: str
    submitted_on: date | None
