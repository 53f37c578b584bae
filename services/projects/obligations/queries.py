"""Every question asked of obligations, and of what they follow from."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import TextClause, or_, text
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.grants import GrantState
from services.contracts.projects.obligations import ObligationKind, ObligationState
from services.contracts.projects.onward_grants import OnwardState
from services.kit import sql
from services.kit.database import actor_of, municipality_of
from services.kit.days import today
from services.kit.paging import Paging
from services.kit.resources import Kind, matching
from services.projects.claims.queries import CLAIMS
from services.projects.duties.passed_on import Passed
from services.projects.funding_rules.tables import FundingRuleRow
from services.projects.grants.queries import GRANTS
from services.projects.grants.tables import GrantRow
from services.projects.notices.queries import NOTICES
from services.projects.obligations.tables import AssignmentRow, ObligationRow
from services.projects.onward_grants.queries import ONWARD_GRANTS
from services.projects.onward_grants.tables import OnwardGrantRow
from services.projects.recoveries.queries import RECOVERIES

OBLIGATIONS = Kind(ObligationRow, "obligations", "projects.obligation", within={"grant": GRANTS})
_OVER = ("refused", "withdrawn")
"""Onward grants of which nothing is to be proven."""
FAR = date(9999, 12, 31)


async def page(
    session: AsyncSession,
    paging: Paging,
    *,
    grant: str | None,
    kind: ObligationKind | None,
    state: ObligationState | None,
    account: str | None,
    due_by: date | None,
    overdue: bool | None,
) -> Mapping[str, Any]:
    """Obligations by key."""
    where = matching(ObligationRow, state=state)
    for column, value in ((ObligationRow.grant, grant), (ObligationRow.kind, kind)):
        if value is not None:
            where.append(col(column) == value)
    if account is not None:
        where.append(_of(account))
    if due_by is not None:
        where.append(col(ObligationRow.due_on) <= due_by)
    if overdue is not None:
        late = (col(ObligationRow.state) == "open") & (col(ObligationRow.due_on) < today())
        where.append(late if overdue else late.is_not(True))
    return await OBLIGATIONS.page(session, paging, *where)


async def inbox(session: AsyncSession, paging: Paging, *, unassigned: bool) -> Mapping[str, Any]:
    """What is open for whoever asks, or for nobody, soonest first; unknown days last."""
    mine = (
        col(ObligationRow.responsible).is_(None) & col(ObligationRow.substitute).is_(None)
        if unassigned
        else _of(actor_of(session).subject)
    )
    return await OBLIGATIONS.page(
        session, paging, mine, col(ObligationRow.state) == "open", by="sorted_on"
    )


def _of(account: str) -> Any:
    return or_(col(ObligationRow.responsible) == account, col(ObligationRow.substitute) == account)


async def open_for(session: AsyncSession, account: str | None) -> Sequence[ObligationRow]:
    """What is open and has a day, of an account or of everybody, whoever asks."""
    return await _in_order(session, *([] if account is None else [_of(account)]))


async def due_of(session: AsyncSession, grant: str, until: date) -> Sequence[ObligationRow]:
    """What of a grant is open and due by the day, whoever asks."""
    return await _in_order(
        session, col(ObligationRow.grant) == grant, col(ObligationRow.due_on) <= until
    )


async def _in_order(session: AsyncSession, *where: Any) -> Sequence[ObligationRow]:
    statement = select(ObligationRow).where(*_with_a_day(session), *where)
    ordered = statement.order_by(col(ObligationRow.due_on), col(ObligationRow.key))
    return (await session.exec(ordered)).all()


async def grants_with_something_due(session: AsyncSession, until: date) -> set[str]:
    """The grants of which something open is due by the day, also of those that do not hold."""
    statement = select(ObligationRow.grant).where(
        *_with_a_day(session), col(ObligationRow.due_on) <= until
    )
    return set(await session.exec(statement.distinct()))


def _with_a_day(session: AsyncSession) -> Sequence[Any]:
    return (
        col(ObligationRow.municipality_id) == municipality_of(session).id,
        col(ObligationRow.state) == "open",
        col(ObligationRow.due_on).is_not(None),
    )


async def of_grant(session: AsyncSession, grant: str) -> dict[str, ObligationRow]:
    """Those of a grant by origin, locked, whoever asks."""
    statement = (
        select(ObligationRow)
        .where(
            col(ObligationRow.municipality_id) == municipality_of(session).id,
            col(ObligationRow.grant) == grant,
        )
        .order_by(col(ObligationRow.origin))
        .with_for_update(key_share=True)
    )
    return {row.origin: row for row in await session.exec(statement)}


async def assignment(session: AsyncSession, grant: str) -> AssignmentRow | None:
    """Who sees to what follows from the grant; None when nobody was named."""
    return await session.get(AssignmentRow, (municipality_of(session).id, grant))


_OF_A_GRANT: Sequence[Kind[Any]] = (
    NOTICES,
    CLAIMS,
    RECOVERIES,
    ONWARD_GRANTS,
    OBLIGATIONS,
)
"""Entries of the journal name them by key, or by UUID where the key could tell of a person."""


async def touched(session: AsyncSession, subjects: Sequence[str]) -> list[str]:
    """The grants that these entries of the journal are about, in order."""
    by: dict[str, set[str]] = defaultdict(set)
    for subject in subjects:
        collection, _, key = subject.partition("/")
        by[collection].add(key)
    found = set(by["grants"])
    town = municipality_of(session).id
    for kind in _OF_A_GRANT:
        if by[kind.collection]:
            named = or_(*(kind.named(name) for name in by[kind.collection]))
            grants = select(kind.row.grant).where(col(kind.row.municipality_id) == town, named)
            found |= set(await session.exec(grants))
    if by["expenditures"]:
        found |= await _named(session, _OF_EXPENDITURES, by["expenditures"])
    if by["booking-mappings"]:  # imports are told of the mapping that they followed
        found |= await _named(session, _OF_MAPPINGS, by["booking-mappings"])
    if by["funding-rules"]:
        found |= await _of_programmes(session, by["funding-rules"])
    return sorted(found)


_OF_EXPENDITURES = text("""
    SELECT DISTINCT part ->> 'grant'
    FROM expenditure AS e
    INNER JOIN history AS h
        ON h.municipality_id = e.municipality_id AND h.resource = 'expenditure'
        AND h.id = e.id AND h.revision >= e.revision - 1
    CROSS JOIN LATERAL jsonb_array_elements(h."row" -> 'parts') AS part
    WHERE e.municipality_id = :town AND e.key = ANY(:keys)""")
"""The grants of expenditures, and those that they were put to before the last change."""
_OF_MAPPINGS = text("""
    SELECT DISTINCT rule ->> 'grant'
    FROM booking_mapping AS m
    INNER JOIN history AS h
        ON h.municipality_id = m.municipality_id AND h.resource = 'booking_mapping'
        AND h.id = m.id
    CROSS JOIN LATERAL jsonb_array_elements(h."row" -> 'rules') AS rule
    WHERE m.municipality_id = :town AND m.key = ANY(:keys)""")
"""The grants of mappings, also of earlier rules: with new ones bookings move away."""


async def _named(session: AsyncSession, asked: TextClause, keys: set[str]) -> set[str]:
    values = {"town": municipality_of(session).id, "keys": sorted(keys)}
    return set((await sql.run(session, asked, values)).scalars())


async def _of_programmes(session: AsyncSession, rules: set[str]) -> set[str]:
    """The grants of the programmes of these rules; of all when one holds for every programme."""
    town = municipality_of(session).id
    programmes = select(FundingRuleRow.programme).where(
        col(FundingRuleRow.municipality_id) == town, col(FundingRuleRow.key).in_(rules)
    )
    named = set(await session.exec(programmes))
    grants = select(GrantRow.key).where(col(GrantRow.municipality_id) == town)
    if None not in named:
        grants = grants.where(col(GrantRow.programme).in_(named))
    return set(await session.exec(grants))


async def everything(session: AsyncSession) -> list[str]:
    """The keys of all grants that hold."""
    statement = select(GrantRow.key).where(
        col(GrantRow.municipality_id) == municipality_of(session).id,
        col(GrantRow.state).in_((GrantState.granted, GrantState.closed)),
    )
    return sorted(await session.exec(statement))


async def passed_on(session: AsyncSession, grant: str) -> list[Passed]:
    """What of a grant was passed on, and whose proof is due when."""
    statement = (
        select(OnwardGrantRow)
        .where(
            col(OnwardGrantRow.municipality_id) == municipality_of(session).id,
            col(OnwardGrantRow.grant) == grant,
            col(OnwardGrantRow.state).not_in(_OVER),
        )
        .order_by(col(OnwardGrantRow.key))
    )
    return [
        Passed(
            row.key,
            row.proof_due_on,
            _received(row),
            row.ends_on if row.state != OnwardState.applied else None,
            row.rule_scope,
            [(_day(one["due_on"]), Decimal(one["amount"])) for one in row.recoveries],
            [
                (date.fromisoformat(one["received_on"]), Decimal(one["amount"]))
                for one in row.repayments
            ],
        )
        for row in await session.exec(statement)
    ]


def _day(said: str | None) -> date | None:
    return None if said is None else date.fromisoformat(said)


def _received(row: OnwardGrantRow) -> date | None:
    return date.fromisoformat(row.proof["received_on"]) if row.proof else None
