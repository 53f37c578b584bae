"""Findings over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Depends, Query

from services.contracts.indicators.findings import (
    Confirmation,
    Dismissal,
    Finding,
    FindingState,
    FindingTexts,
)
from services.contracts.indicators.needs import Severity
from services.contracts.shared.base import Key, Page, Revision
from services.indicators.findings import commands, queries
from services.indicators.findings.queries import FINDINGS, Choice, told
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

findings = router("Needs analysis")
READ, WRITE = requires("indicators.needs:read"), requires("indicators.needs:write")
HISTORY = requires("indicators.needs:history")


async def _choice(
    rule: Annotated[Key | None, Query(description="Of one rule only.")] = None,
    area: Annotated[Key | None, Query(description="Of one area only.")] = None,
    level: Annotated[Key | None, Query(description="Of one level of areas only.")] = None,
    state: Annotated[FindingState | None, Query(description="In one state only.")] = None,
    severity: Annotated[Severity | None, Query(description="Of one severity only.")] = None,
    topic: Annotated[Key | None, Query(description="Of one topic only.")] = None,
    seen_in: Annotated[
        int | None,
        Query(ge=1, le=2**31 - 1, description="That were there with this release."),
    ] = None,
) -> Choice:
    return Choice(rule, area, level, state, severity, topic, seen_in)


@findings.get("/findings", response_model=Page[Finding], dependencies=[READ])
async def list_findings(
    session: Reading, paging: PageOf, choice: Annotated[Choice, Depends(_choice)]
) -> Mapping[str, Any]:
    """List findings.

    Areas in which a rule of needs analysis holds (Befunde), in the order of keys. They are for
    the administration unless the rule says otherwise.
    """
    return await queries.page(session, paging, choice)


@findings.get("/findings/{key}", response_model=Finding, dependencies=[READ])
async def read_finding(session: Reading, key: str) -> Finding:
    """Read a finding.

    By its key or its UUID, with its evidence: the figures as everybody could see them with the
    release named there (`as_of`).
    """
    return await queries.one(session, key)


@findings.patch("/findings/{key}", response_model=Finding, dependencies=[WRITE])
async def describe_finding(
    session: Writing, key: str, patch: Patch[FindingTexts], expected: Expected
) -> Finding:
    """Describe a finding.

    How life is there, beyond the figures (Lebenslage), and where that is known from. Send it with
    the ETag that you have read as If-Match.
    """
    return await commands.describe(session, key, patch, expected)


@findings.post("/findings/{key}/confirmation", response_model=Finding, dependencies=[WRITE])
async def confirm_finding(
    session: Writing, key: str, given: Confirmation, expected: Expected
) -> Finding:
    """Confirm a finding.

    An open or a dismissed one; with the ETag that you have read as If-Match. Refused (409) is one
    that is confirmed already or resolved.
    """
    return await commands.decide(session, key, FindingState.confirmed, given.reason, expected)


@findings.post("/findings/{key}/dismissal", response_model=Finding, dependencies=[WRITE])
async def dismiss_finding(
    session: Writing, key: str, given: Dismissal, expected: Expected
) -> Finding:
    """Dismiss a finding.

    With a reason, and the ETag that you have read as If-Match. It stays dismissed as long as the
    rule holds; once it was resolved, a new finding opens. Refused (409) is one that is dismissed
    already or resolved.
    """
    return await commands.decide(session, key, FindingState.dismissed, given.reason, expected)


@findings.get("/findings/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_finding_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a finding.

    Every state it had with its evidence, newest first, with the identifier of who made the
    change.
    """
    return await FINDINGS.history(session, key, *told(session))
