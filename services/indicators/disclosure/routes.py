"""Disclosure control over HTTP."""

from typing import Annotated

from fastapi import Query

from services.contracts.indicators.disclosure import DisclosureAudit
from services.indicators.disclosure import commands
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading

disclosure = router("Disclosure control")
AUDIT = requires("indicators.disclosure:audit")


@disclosure.get("/disclosure/audit", response_model=DisclosureAudit, dependencies=[AUDIT])
async def audit_disclosure(
    session: Reading,
    release: Annotated[
        int | None,
        Query(ge=1, le=2**31 - 1, description="What was shown up to this release; else all."),
    ] = None,
) -> DisclosureAudit:
    """Audit disclosure control.

    Calculates from everything that is shown in all releases the interval in which an outsider can
    place each hidden figure (Unsicherheitsintervall), and lists those that are narrower than their
    rule demands (Geheimhaltung, Gegensperrung). Below a minimum of n, the shown figures must leave
    everything from none to n possible, and so must reasons and shown zeros for 1 to n - 1. For the
    statistics office. May take a minute in a large town.
    """
    return await commands.audit(session, release)
