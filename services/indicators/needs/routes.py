"""Rules of needs analysis over HTTP."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import Query

from services.contracts.indicators.needs import (
    Assessment,
    NeedsPreview,
    NeedsRule,
    NewNeedsRule,
)
from services.contracts.shared.base import Key, Page, Revision
from services.indicators.needs import commands, queries
from services.indicators.needs.queries import NEEDS_RULES
from services.indicators.needs.tables import AssessmentRow, NeedsRuleRow
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

needs = router("Needs analysis")
READ, WRITE = requires("indicators.needs:read"), requires("indicators.needs:write")
HISTORY = requires("indicators.needs:history")


@needs.get("/needs-rules", response_model=Page[NeedsRule], dependencies=[READ])
async def list_needs_rules(
    session: Reading,
    paging: PageOf,
    active: Annotated[bool | None, Query(description="Only those that are asked, or not.")] = None,
    level: Annotated[Key | None, Query(description="Of one level of areas only.")] = None,
) -> Mapping[str, Any]:
    """List the rules of needs analysis.

    What is asked of every area at each release (Bedarfsregeln), in the order of keys.
    """
    return await queries.page(session, paging, active, level)


@needs.post("/needs-rules", status_code=201, response_model=NeedsRule, dependencies=[WRITE])
async def create_needs_rule(session: Writing, new: NewNeedsRule) -> NeedsRuleRow:
    """Create a rule of needs analysis.

    The key is for good. Conditions look at published figures of the newest period and at the
    coverage with facilities. A rule and its findings are for the administration unless
    `visibility` says otherwise; a rule for more people than may see an indicator or a kind of
    facility in it is refused (422). Its findings appear with the next release; a preview shows
    them at once.
    """
    return await commands.define(session, new)


@needs.get("/needs-rules/{key}", response_model=NeedsRule, dependencies=[READ])
async def read_needs_rule(session: Reading, key: str) -> NeedsRuleRow:
    """Read a rule of needs analysis.

    By its key or its UUID.
    """
    return await NEEDS_RULES.one(session, key)


@needs.patch("/needs-rules/{key}", response_model=NeedsRule, dependencies=[WRITE])
async def change_needs_rule(
    session: Writing, key: str, patch: Patch[NewNeedsRule], expected: Expected
) -> NeedsRuleRow:
    """Change a rule of needs analysis.

    Send only what changes, with the ETag that you have read as If-Match. With the next release
    its findings go on, are resolved or open by the rule as it is then; those of a rule that is
    not active stay as they are.
    """
    return await commands.change(session, key, patch, expected)


@needs.post("/needs-rules/{key}/previews", response_model=NeedsPreview, dependencies=[WRITE])
async def preview_needs_rule(session: Reading, key: str) -> NeedsPreview:
    """Preview a rule of needs analysis.

    In which areas it would hold by the figures as they stand, by which evidence, and where nobody
    can say because figures are hidden or missing. Nothing is stored.
    """
    return await commands.preview(session, key)


@needs.get("/needs-rules/{key}/assessments", response_model=list[Assessment], dependencies=[READ])
async def list_needs_assessments(session: Reading, key: str) -> Sequence[AssessmentRow]:
    """List what a rule said at each release.

    The newest first (Auswertungen): in how many areas it held, in how many not, and in which
    nobody can say, and why.
    """
    row = await NEEDS_RULES.one(session, key)
    return await queries.assessments(session, row.key)


@needs.get("/needs-rules/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_needs_rule_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a rule of needs analysis.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await NEEDS_RULES.history(session, key)
