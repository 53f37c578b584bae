"""Rules for bodies as a whole over HTTP."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from fastapi import Query

from services.boards.composition_rules import commands, queries
from services.boards.composition_rules.queries import COMPOSITION_RULES
from services.boards.composition_rules.tables import CompositionRuleRow
from services.contracts.boards.composition_rules import CompositionRule, NewCompositionRule
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

composition_rules = router("Seats")
READ, WRITE = requires("boards.composition_rules:read"), requires("boards.composition_rules:write")
HISTORY = requires("boards.composition_rules:history")


@composition_rules.get(
    "/composition-rules", response_model=Page[CompositionRule], dependencies=[READ]
)
async def list_composition_rules(
    session: Reading,
    paging: PageOf,
    body: Annotated[Key | None, Query(description="Rules for this body only.")] = None,
    on: Annotated[date | None, Query(description="Those that hold on this day only.")] = None,
) -> Mapping[str, Any]:
    """List composition rules.

    What holds for the seats of a body together (Besetzungsregeln), in the order of their keys.
    """
    return await queries.page(session, paging, body, on)


@composition_rules.post(
    "/composition-rules", status_code=201, response_model=CompositionRule, dependencies=[WRITE]
)
async def create_composition_rule(session: Writing, new: NewCompositionRule) -> CompositionRuleRow:
    """Create a composition rule.

    `rule` says what must hold, by its `kind`: `coverage` of parts of society; a `share` that a kind
    or an organisation has at least or at most; the `size`; who may `chair`; `staggered` terms;
    `substitutes` for each member. Body, organisation and seats must exist, the seats in this body.
    The composition of the body shows where the rule is broken.
    """
    return await commands.lay_down(session, new)


@composition_rules.get(
    "/composition-rules/{key}", response_model=CompositionRule, dependencies=[READ]
)
async def read_composition_rule(session: Reading, key: str) -> CompositionRuleRow:
    """Read a composition rule.

    By its key or its UUID.
    """
    return await COMPOSITION_RULES.one(session, key)


@composition_rules.patch(
    "/composition-rules/{key}", response_model=CompositionRule, dependencies=[WRITE]
)
async def change_composition_rule(
    session: Writing, key: str, patch: Patch[NewCompositionRule], expected: Expected
) -> CompositionRuleRow:
    """Change a composition rule.

    Send only what changes, with the ETag that you have read as If-Match; of a rule of another kind
    send null for the fields that it does not have. A rule stays with its body; `ends_on` ends it.
    """
    return await commands.change(session, key, patch, expected)


@composition_rules.get(
    "/composition-rules/{key}/history", response_model=list[Revision], dependencies=[HISTORY]
)
async def read_composition_rule_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a composition rule.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await COMPOSITION_RULES.history(session, key)
