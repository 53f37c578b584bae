"""Gathering what is known of a grant on a day: three statements, however much there is."""

from datetime import date

from sqlalchemy import RowMapping, text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.grants import Financing, GrantState
from services.contracts.projects.notices import GrantAsOf
from services.kit import sql
from services.kit.database import municipality_of
from services.kit.native import statement
from services.projects.deadlines.rules import land_of
from services.projects.funding_rules import queries as funding_rules
from services.projects.grant_facts import parts, rules
from services.projects.grant_facts.rules import Facts
from services.projects.grants.queries import GRANTS
from services.projects.grants.tables import GrantRow
from services.projects.notices import queries as notices
from services.projects.repayments.rules import Grants
from services.projects.rules_in_force.rules import over_time
from services.projects.stored_facts import rules as stored

STAFF = statement(__package__, "staff")
ORDERED = statement(__package__, "ordered")
BOOKED = statement(__package__, "booked")
"""Said once, for single grants and for all of them."""
GATHERED = f"""WITH staff AS ({STAFF}), ordered AS ({ORDERED}), booked AS ({BOOKED})
{statement(__package__, "gathered")}"""


async def of(session: AsyncSession, key: str, today: date) -> Facts:
    """What is known of a grant on a day; 404 when it is not there or not to be seen.

    Everything stored counts, whoever asks: only the administration may ask.
    """
    grant = await GRANTS.one(session, key)
    session.info.pop("revision", None)  # it is of a row, what is known is of a day
    row = await notices.effective(session, grant.key, today) if grant.notice else None
    return await _gathered(session, grant, notices.told(grant, row, today), today)


async def by_newest_notice(session: AsyncSession, key: str, today: date) -> Facts | None:
    """What is known of a grant by its newest notice, also before that takes effect, so that nobody
    is told too late what it will demand. Whoever asks; None when there is no such grant."""
    asked = select(GrantRow).where(
        col(GrantRow.municipality_id) == municipality_of(session).id, col(GrantRow.key) == key
    )
    grant = (await session.exec(asked)).one_or_none()
    if grant is None:
        return None
    newest = await notices.last(session, key)
    state = notices.told(grant, newest, today)
    state = state.model_copy(update={"state": GrantState(grant.state)})
    return await _gathered(session, grant, state, today)


async def _gathered(session: AsyncSession, grant: GrantRow, state: GrantAsOf, today: date) -> Facts:
    every = await funding_rules.of_programme(session, grant.programme)
    held = over_time(every, state.overrides, state.notice_key)
    bound_on = state.effective_from or grant.granted_on or grant.starts_on or today
    known = await _stored(session, grant.key, today)
    demands = [stored.demand(one, today) for one in known["demands"]]
    return Facts(
        grant=grant.key,
        notice=state.notice_key,
        today=today,
        land=land_of(municipality_of(session).id),
        starts_on=state.starts_on,
        ends_on=state.ends_on,
        ended_on=grant.ended_on if grant.ended_on and grant.ended_on <= today else None,
        approved_on=grant.granted_on,
        state=state.state,
        eligible_cost=state.eligible_cost,
        granted=state.amount,
        rate=state.rate,
        financing=state.financing or Financing(grant.financing),
        sources=[parts.Source(one.kind, one.year, one.amount) for one in state.sources],
        budget=[parts.Budget(o.category, o.year, o.amount) for o in state.budget_lines],
        conditions=state.conditions,
        spendings=[stored.receipt(one, grant.key, today) for one in known["receipts"]],
        bookings=[stored.booking(one) for one in known["bookings"]],
        orders=stored.orders_of(known["orders"], grant.key),
        payouts=stored.payouts(known["claims"], today),
        repayments=[flow for demand in demands for flow in demand.repayments],
        demands=demands,
        passed_on=[stored.passed(one) for one in known["passed_on"]],
        incomes=[stored.income(one) for one in known["incomes"]],
        bound_on=bound_on,
        grants=stored.grants(known["notices"], state.notice)
        if state.notice is not None
        else [Grants(bound_on, state.amount)],
        requests=stored.requests(known["claims"], today),
        staff=[stored.staff(one) for one in known["staff"]],
        rules=rules.binding(held, bound_on, today),
        all_rules=held,
        limits=rules.binding(over_time(every, (), None), bound_on, today),
        proved_on=known["proved_on"],
        proof_waived=known["proof_waived"],
        outputs=frozenset(known["outputs"]),
    )


async def _stored(session: AsyncSession, grant: str, today: date) -> RowMapping:
    values = {"town": municipality_of(session).id, "grant": grant, "on": today, "step": "day"}
    return (await sql.run(session, text(GATHERED), values)).mappings().one()
