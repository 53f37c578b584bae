"""The rules of programmes over HTTP."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import Query

from services.contracts.projects.figures import Parameter, Rule
from services.contracts.projects.funding_rules import FundingRule, NewFundingRule
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.days import today
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.projects.funding_rules import commands, queries
from services.projects.funding_rules.queries import FUNDING_RULES
from services.projects.funding_rules.tables import FundingRuleRow
from services.projects.programmes.queries import PROGRAMMES

funding_rules = router("Funding rules")
READ, WRITE = requires("projects.funding_rules:read"), requires("projects.funding_rules:write")
HISTORY = requires("projects.funding_rules:history")


@funding_rules.get("/funding-rules", response_model=Page[FundingRule], dependencies=[READ])
async def list_funding_rules(
    session: Reading,
    paging: PageOf,
    programme: Annotated[Key | None, Query(description="Of this programme.")] = None,
    parameter: Annotated[Parameter | None, Query(description="About this figure.")] = None,
    on: Annotated[date | None, Query(description="That hold on this day.")] = None,
    verified: Annotated[
        bool | None, Query(description="That somebody has checked, or nobody has.")
    ] = None,
) -> Mapping[str, Any]:
    """List funding rules.

    The figures by which programmes fund (Förderregeln): rates, caps, periods, each with its
    clause and its time, in the order of their keys. `verified=false` is the list of what an office
    still has to compare with the guideline or the notice.
    """
    return await queries.page(
        session, paging, programme=programme, parameter=parameter, on=on, verified=verified
    )


@funding_rules.post(
    "/funding-rules", status_code=201, response_model=FundingRule, dependencies=[WRITE]
)
async def create_funding_rule(session: Writing, new: NewFundingRule) -> FundingRuleRow:
    """Create a funding rule.

    The key is for good, and so are programme, parameter and scope. Refused: a unit or a value that
    does not suit the parameter, and a rule for a time for which another one says the same figure
    of the same programme (409): end that one first; and a base rate for days of which nobody knows
    it yet, because it may become another every half-year.
    """
    return await commands.enter(session, new)


@funding_rules.get("/funding-rules/{key}", response_model=FundingRule, dependencies=[READ])
async def read_funding_rule(session: Reading, key: str) -> FundingRuleRow:
    """Read a funding rule.

    By its key or its UUID.
    """
    return await FUNDING_RULES.one(session, key)


@funding_rules.patch("/funding-rules/{key}", response_model=FundingRule, dependencies=[WRITE])
async def change_funding_rule(
    session: Writing, key: str, patch: Patch[NewFundingRule], expected: Expected
) -> FundingRuleRow:
    """Change a funding rule.

    Send only what changes, with the ETag that you have read as If-Match: `verified` when you have
    compared it with the guideline, `ends_on` when another figure follows.
    """
    return await commands.change(session, key, patch, expected)


@funding_rules.get(
    "/funding-rules/{key}/history", response_model=list[Revision], dependencies=[HISTORY]
)
async def read_funding_rule_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a funding rule.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await FUNDING_RULES.history(session, key)


@funding_rules.get("/programmes/{key}/rules", response_model=list[Rule], dependencies=[READ])
async def read_programme_rules(
    session: Reading,
    key: str,
    on: Annotated[date | None, Query(description="On this day; today when missing.")] = None,
) -> list[Rule]:
    """Read the rules of a funding programme on a day.

    Every figure that holds (geltende Regeln), with its clause and whether it was checked: those
    for every programme, and those of this one, which win. What the notice of a grant says
    otherwise is in the figures of that grant.
    """
    programme = await PROGRAMMES.one(session, key)
    found = await queries.effective(session, programme.key, on or today())
    session.info.pop("revision", None)
    return found
