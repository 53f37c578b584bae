"""Funded work in one shape for all exports, made of what is stored: pure functions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from services.contracts.projects.grants import GrantState, SourceKind
from services.contracts.projects.onward_grants import OnwardState
from services.contracts.projects.programmes import FunderLevel
from services.projects.grant_disclosures.tables import GrantDisclosureRow
from services.projects.grants.tables import GrantRow
from services.projects.onward_grants.tables import OnwardGrantRow
from services.projects.operation_lists.tables import OperationListRow
from services.projects.programmes.tables import ProgrammeRow
from services.projects.projects.tables import ProjectRow

Words = Mapping[str, str]


GRANTS, ONWARD, OPERATIONS = "grants", "onward-grants", "operations"


PROJECTS = "projects"


TOLD = (
    "key",
    "list",
    "identifier",
    "beneficiary",
    "name",
    "purpose",
    "starts_on",
    "ends_on",
    "total_cost",
    "rate",
    "union_share",
    "intervention_code",
    "specific_objective",
    "postcode",
    "country",
    "changed_at",
    "grant",
)
"""Columns of an operation that exports tell."""


class Party(NamedTuple):
    """An organisation; its key where it is one of this municipality's."""

    key: str | None
    name: str


class Sum(NamedTuple):
    """An amount and the day on which it flowed, or on which the last of it did."""

    amount: Decimal
    on: date


class Passed(NamedTuple):
    """What was awarded of a grant to another organisation, and what it was paid."""

    to: Party
    amount: Decimal
    on: date
    payouts: Sequence[Sum] = ()


@dataclass(frozen=True)
class Work:
    """A grant, an onward grant or a published operation, as far as everybody may see it."""

    resource: str
    key: str
    identifier: str | None
    title: Words
    summary: Words | None
    beneficiary: Party | None
    funder: Party | None
    funders: Sequence[Party]
    starts_on: date | None
    ends_on: date | None
    closed: bool
    cost: Decimal | None
    of_the_union: bool
    rate: Decimal | None
    amount: Decimal | None
    awarded_on: date | None
    period: str | None
    fund: str | None
    cci: str | None
    programme: str | None
    programme_name: str | None
    intervention_code: int | None
    objective: str | None
    postcode: str | None
    nuts: str | None
    country: str | None
    changed_at: datetime
    budgets: Mapping[int, Decimal]
    grant: str | None
    project: str | None = None
    passed_on: Sequence[Passed] = ()
    paid: Sum | None = None
    """What of it came and stayed; of an own grant only when it is closed (decision 0100)."""


def of_grant(
    grant: GrantRow,
    project: ProjectRow,
    programme: ProgrammeRow,
    disclosure: GrantDisclosureRow | None,
    operation: Any,
    onward: Iterable[OnwardGrantRow],
    names: Mapping[str, str],
    paid: Sum | None,
) -> Work:
    """An own grant that was given, the operation that it is, or None, and what of it is passed on.

    What its disclosure does not say is taken from the project.
    """
    told = disclosure or GrantDisclosureRow(municipality_id=0, key="", grant=grant.key)
    published = {"de": operation.purpose} if operation and operation.purpose else None
    moments = [grant.changed_at, project.changed_at]
    moments += [disclosure.changed_at] if disclosure else []
    levels = {funder["level"] for funder in programme.funders}
    return Work(
        resource=GRANTS,
        key=grant.key,
        identifier=None,
        title=project.name,
        summary=told.summary or project.description or published,
        beneficiary=_party(grant.grantee, names),
        funder=_party(grant.funder, names),
        funders=_parties([funder["organisation"] for funder in programme.funders], names),
        starts_on=grant.starts_on,
        ends_on=grant.ends_on,
        closed=grant.state == GrantState.closed,
        cost=grant.eligible_cost,
        of_the_union=FunderLevel.eu in levels
        or any(source["kind"] == SourceKind.eu for source in grant.sources),
        rate=union_rate(grant.eligible_cost, grant.rate, grant.sources, levels),
        amount=grant.amount,
        awarded_on=grant.granted_on,
        period=told.programming_period,
        fund=told.fund,
        cci=told.cci,
        programme=programme.key,
        programme_name=programme.name["de"],
        intervention_code=told.intervention_code,
        objective=told.specific_objective,
        postcode=told.postcode,
        nuts=told.nuts,
        country="DE",
        changed_at=max(moments),
        budgets=_by_year(grant.sources),
        grant=None,
        project=project.key,
        passed_on=[passed for row in onward if (passed := _passed(row, names))],
        paid=paid,
    )


def of_onward(
    row: OnwardGrantRow, grant: GrantRow, programme: ProgrammeRow, names: Mapping[str, str]
) -> Work:
    """What is passed on of an own grant: here the grantee is who awards."""
    return Work(
        resource=ONWARD,
        key=row.key,
        identifier=None,
        title=row.title,
        summary=row.purpose,
        beneficiary=_party(row.recipient, names),
        funder=_party(grant.grantee, names),
        funders=[],
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        closed=row.state == OnwardState.closed,
        cost=row.eligible_cost,
        of_the_union=False,
        rate=None,
        amount=row.awarded,
        awarded_on=_awarded_on(row),
        period=None,
        fund=None,
        cci=None,
        programme=programme.key,
        programme_name=programme.name["de"],
        intervention_code=None,
        objective=None,
        postcode=None,
        nuts=None,
        country="DE",
        changed_at=row.changed_at,
        budgets={},
        grant=None,
        paid=_paid(row),
    )


def _paid(row: OnwardGrantRow) -> Sum | None:
    flows = _flows(row)
    return Sum(row.paid - row.repaid, max(flow.on for flow in flows)) if flows else None


def _flows(row: OnwardGrantRow) -> list[Sum]:
    return [Sum(Decimal(one["amount"]), date.fromisoformat(one["paid_on"])) for one in row.payouts]


def _awarded_on(row: OnwardGrantRow) -> date | None:
    return min((date.fromisoformat(one["issued_on"]) for one in row.notices), default=None)


def _passed(row: OnwardGrantRow, names: Mapping[str, str]) -> Passed | None:
    to, day = _party(row.recipient, names), _awarded_on(row)
    return None if to is None or day is None else Passed(to, row.awarded, day, _flows(row))


def of_operation(row: Any, list_: OperationListRow) -> Work:
    """A published operation: a row with the columns `TOLD`. No list says when it was awarded."""
    return Work(
        resource=OPERATIONS,
        key=row.key,
        identifier=row.identifier,
        title={"de": row.name},
        summary=None if row.purpose is None else {"de": row.purpose},
        beneficiary=Party(None, row.beneficiary),
        funder=None,
        funders=[Party(None, list_.fund)],
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        closed=False,
        cost=row.total_cost,
        of_the_union=True,
        rate=row.rate,
        amount=row.union_share,
        awarded_on=None,
        period=list_.programming_period,
        fund=list_.fund,
        cci=list_.cci,
        programme=None,
        programme_name=list_.programme_name,
        intervention_code=row.intervention_code,
        objective=row.specific_objective,
        postcode=row.postcode,
        nuts=list_.nuts,
        country=row.country,
        changed_at=max(row.changed_at, list_.changed_at),
        budgets={},
        grant=row.grant,
    )


def union_rate(
    cost: Decimal | None,
    rate: Decimal | None,
    sources: Sequence[Mapping[str, Any]],
    levels: set[str],
) -> Decimal | None:
    """The Union's share of the eligible cost in per cent, from the sources that are its money.

    Where there are none, the rate of the grant is the Union's if nobody else funds the programme.
    """
    own = [source for source in sources if source["kind"] == SourceKind.eu]
    if len(own) == 1 and own[0].get("rate") is not None and own[0].get("year") is None:
        return Decimal(own[0]["rate"])
    amounts = [source.get("amount") for source in own]
    if own and cost and None not in amounts:
        share = sum(Decimal(str(amount)) for amount in amounts) * 100 / cost
        return share.quantize(Decimal("0.0001"), ROUND_HALF_UP)
    return rate if not own and levels == {FunderLevel.eu} else None


def _party(key: str | None, names: Mapping[str, str]) -> Party | None:
    return None if key is None or key not in names else Party(key, names[key])


def _parties(keys: Iterable[str], names: Mapping[str, str]) -> list[Party]:
    return [party for key in dict.fromkeys(keys) if (party := _party(key, names))]


def _by_year(sources: Sequence[Mapping[str, Any]]) -> Mapping[int, Decimal]:
    """The known money of each year; a year of which a part is not known is none."""
    found: dict[int, list[Any]] = defaultdict(list)
    for source in sources:
        if source.get("year") is not None:
            found[source["year"]].append(source.get("amount"))
    return {
        year: sum((Decimal(str(amount)) for amount in amounts), Decimal(0))
        for year, amounts in sorted(found.items())
        if None not in amounts
    }
