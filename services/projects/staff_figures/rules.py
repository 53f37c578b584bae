"""What positions take, what of them is vacant and what staff may cost: pure functions."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from services.contracts.projects.figures import Figure, Parameter
from services.contracts.projects.grants import Financing
from services.projects.computing import known
from services.projects.grant_facts.parts import Staff
from services.projects.grant_facts.rules import Facts
from services.projects.occupancy import rules as occupancy
from services.projects.occupancy.rules import Post
from services.projects.positions.rules import eligible_part
from services.projects.staff_costs import rules as staff_costs
from services.projects.worked_hours import rules as worked_hours

ZERO = Decimal(0)


def figures(facts: Facts) -> Iterator[Figure]:
    """The cap of positions, the grade and the vacancy of each, and what staff may cost."""
    if not facts.staff:
        return
    first = facts.starts_on or min(one.starts_on for one in facts.staff)
    last = facts.ends_on or max(one.ends_on or facts.today for one in facts.staff)
    yield from _caps(facts, first, last)
    limits = (facts.rule(Parameter.lowest_grade), facts.rule(Parameter.highest_grade))
    for key in dict.fromkeys(one.key for one in facts.staff):
        parts = [one for one in facts.staff if one.key == key]
        found = [staff_costs.grade_kept(parts[0].grade, *limits), *_vacancy(facts, parts)]
        yield from (figure.model_copy(update={"scope": key}) for figure in found)
    yield from _pay(facts)


def _caps(facts: Facts, first: date, last: date) -> Iterator[Figure]:
    """The common cap, and each extra one that a position counts against, apart."""
    caps = facts.rules_of(Parameter.max_positions)
    said = {rule.scope for rule in caps}
    posts: dict[str | None, list[Post]] = {None: []}
    for one in facts.staff:
        post = Post(one.fte * _part(facts, one), one.funded_from, one.funded_until)
        posts.setdefault(one.rule_scope if one.rule_scope in said else None, []).append(post)
    for scope, there in posts.items():
        held = [rule for rule in caps if rule.scope == scope]
        yield occupancy.fte_cap(there, held, first, last, scope)


def _part(facts: Facts, one: Staff) -> Decimal:
    """What part of a position is in the project: the whole, where the grant pays its rate of it."""
    rate = facts.rate if facts.financing is Financing.share else None
    return eligible_part({facts.grant: one.share}, {facts.grant: rate})


def _vacancy(facts: Facts, parts: list[Staff]) -> list[Figure]:
    """What of a position was not filled by the day while the grant paid for it, and the money that
    this leaves."""
    planned, filled = [], []
    for one in parts:
        planned.append(Post(one.fte, one.funded_from, one.funded_until))
        for there in one.staffings:
            begin = max(there.starts_on, one.funded_from)
            end = min(there.ends_on or date.max, one.funded_until or date.max)
            if begin <= end:
                filled.append(Post(there.fte, begin, end))
    said = bool(parts[0].staffings)
    first = min(one.funded_from for one in parts)
    vacant = occupancy.vacancy(planned, filled if said else None, first, facts.today)
    month = facts.monthly_cost(replace(parts[-1], fte=Decimal(1)))
    by = [rule for rule in facts.pay_rules(parts[-1]) if rule is not None]
    return [vacant, occupancy.unspent_by_vacancy(vacant, month, by, parts[-1].share)]


def _pay(facts: Facts) -> Iterator[Figure]:
    """What staff may cost by the day, of what was filled: the part that is in the project."""
    pays, silent = [], False
    for one in facts.staff:
        silent |= not one.staffings and one.funded_from <= facts.today
        share = _part(facts, one) * 100
        for there in (filled for filled in one.staffings if not filled.by_hours):
            begin = max(there.starts_on, one.funded_from)
            ends = (there.ends_on, one.funded_until, facts.today)
            end = min(day for day in ends if day is not None)
            if begin <= end:
                pays.append(
                    staff_costs.Pay(
                        starts_on=begin,
                        ends_on=end,
                        monthly=there.monthly,
                        fte=there.fte,
                        share=share,
                        grade=one.grade,
                        step=there.step,
                        liable=there.liable,
                    )
                )
    if silent:
        pays.append(staff_costs.Pay(facts.today, facts.today, None, ZERO, ZERO))
    pay = staff_costs.eligible_pay(pays, facts.rules_of(Parameter.monthly_pay))
    lump = staff_costs.social_security(pays, facts.rules_of(Parameter.social_security_rate))
    # A flat amount of staff cost rests on other cost: what anybody is paid says nothing of it.
    charged = known(s.counts for s in facts.really_counted if s.category == "staff")
    worked = _by_hours(facts)
    yield from (pay, lump, *worked, staff_costs.staff_cost(pay, lump, charged, *worked))


def _by_hours(facts: Facts) -> list[Figure]:
    """What is charged by hours worked; nothing where nobody is."""
    filled = {
        (one.key, there.starts_on, n): there
        for one in facts.staff
        for n, there in enumerate(one.staffings)
        if there.by_hours
    }
    if not filled:
        return []
    each = [(there.annual_cost, there.fte, there.hours) for there in filled.values()]
    worked = worked_hours.worked_in_years(each, facts.grant, facts.today)
    return [worked_hours.hours_cost(worked, facts.rule(Parameter.annual_hours))]
