"""What is stored of a grant, as SQL tells it, read as facts of a day: pure functions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from services.contracts.projects.claims import ClaimState
from services.contracts.projects.staffings import WorkedHours
from services.projects.commitments.rules import divided
from services.projects.drawdowns.rules import Flow
from services.projects.grant_facts.parts import (
    Income,
    Order,
    Passed,
    Request,
    Spending,
    Staff,
    Staffing,
)
from services.projects.repayments.rules import Demand, Grants, over_time

Said = Mapping[str, Any]


def staff(said: Said) -> Staff:
    """A position, what of it the grant pays, and when it was filled."""
    return Staff(
        key=said["key"],
        grade=said["grade"],
        fte=Decimal(said["fte"]),
        starts_on=date.fromisoformat(said["starts_on"]),
        ends_on=_day(said["ends_on"]),
        share=Decimal(said["share"]),
        funded_from=date.fromisoformat(said["funded_from"]),
        funded_until=_day(said["funded_until"]),
        staffings=[_staffing(one) for one in said["staffings"]],
        rule_scope=said["rule_scope"],
    )


def _staffing(said: Said) -> Staffing:
    return Staffing(
        starts_on=date.fromisoformat(said["starts_on"]),
        ends_on=_day(said["ends_on"]),
        fte=Decimal(said["fte"]),
        step=said["step"],
        monthly=_decimal(said["monthly"]),
        liable=_decimal(said["liable"]),
        annual_cost=_decimal(said["annual_cost"]),
        hours=[WorkedHours.model_validate(one) for one in said["hours"]],
    )


def receipt(said: Said, grant: str, today: date) -> Spending:
    """The grant's part of an expenditure, with what was found of it by the day."""
    part = next(part for part in said["parts"] if part["grant"] == grant)
    checked = part.get("verification")
    if checked is not None and date.fromisoformat(checked["verified_on"]) > today:
        checked = None
    return Spending(
        key=said["key"],
        category=said["category"],
        invoiced_on=_day(said["invoiced_on"]),
        paid_on=_day(said["paid_on"]),
        amount=Decimal(part["amount"]),
        accepted=Decimal(checked["accepted"]) if checked else None,
        evidence=said["evidence"],
        shares=_shares(said["shares"], grant),
    )


def _shares(shares: Sequence[Said], grant: str) -> list[Decimal]:
    """Per cent put to each grant, this one first."""
    mine = [Decimal(share["share"]) for share in shares if share["grant"] == grant]
    return mine + [Decimal(share["share"]) for share in shares if share["grant"] != grant]


def booking(said: Said) -> Spending:
    """Bookings of a day and a category of which no receipt was made."""
    return Spending(
        key="",
        category=said["category"],
        invoiced_on=None,
        paid_on=_day(said["paid_on"]),
        amount=Decimal(said["amount"]),
        accepted=None,
        evidence=False,
    )


def orders(amount: Decimal, due_on: date | None, shares: Sequence[Said]) -> dict[str, Order]:
    """What is ordered and not invoiced, never below zero, divided to grants by their shares."""
    parts = divided(max(amount, Decimal(0)), [Decimal(share["share"]) for share in shares])
    return {
        share["grant"]: Order(part, due_on)
        for share, part in zip(shares, parts, strict=True)
        if part
    }


def orders_of(said: Iterable[Said], grant: str) -> list[Order]:
    """What is ordered of a grant."""
    each = (orders(Decimal(one["amount"]), _day(one["due_on"]), one["shares"]) for one in said)
    return [mine[grant] for mine in each if grant in mine]


def payouts(claims: Iterable[Said], today: date) -> list[Flow]:
    """What came of the grant by the day."""
    return [
        Flow(day, Decimal(payout["amount"]))
        for claim in claims
        for payout in claim["payouts"]
        if (day := date.fromisoformat(payout["paid_on"])) <= today and Decimal(payout["amount"])
    ]


def requests(claims: Iterable[Said], today: date) -> list[Request]:
    """Claims that were handed in by the day and wait for money."""
    return [
        Request(claim["key"], day)
        for claim in claims
        if claim["state"] == ClaimState.submitted
        and (day := _day(claim["submitted_on"])) is not None
        and day <= today
    ]


def demand(said: Said, today: date) -> Demand:
    """What the funder demands back, and what of it went back or was waived by the day."""
    waived_on = _day(said["waived_on"])
    return Demand(
        key=said["key"],
        amount=Decimal(said["amount"]),
        decided_on=date.fromisoformat(said["decided_on"]),
        due_on=_day(said["due_on"]),
        repayments=[
            Flow(day, Decimal(back["amount"]))
            for back in said["repayments"]
            if (day := date.fromisoformat(back["repaid_on"])) <= today
        ],
        waived_on=waived_on if waived_on and waived_on <= today else None,
    )


def passed(said: Said) -> Passed:
    """Money that is passed on."""
    return Passed(
        name=said["name"],
        amount=Decimal(said["amount"]),
        cost=_decimal(said["cost"]),
        applied_on=date.fromisoformat(said["applied_on"]),
        starts_on=date.fromisoformat(said["starts_on"]),
        rule_scope=said["rule_scope"],
    )


def income(said: Said) -> Income:
    """Money beside the grant that came in."""
    received_on = date.fromisoformat(said["received_on"])
    return Income(said["kind"], received_on, Decimal(said["amount"]))


def grants(notices: Iterable[Said], until: int) -> list[Grants]:
    """What was granted from which day on, as the notices up to one say."""
    return over_time(
        (one["number"], date.fromisoformat(one["effective_from"]), _decimal(one["amount"]))
        for one in notices
        if one["number"] <= until
    )


def _day(said: str | None) -> date | None:
    return None if said is None else date.fromisoformat(said)


def _decimal(number: str | None) -> Decimal | None:
    return None if number is None else Decimal(number)
