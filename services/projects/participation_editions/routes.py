"""Published counts over HTTP."""

from services.contracts.projects.participation import Participation
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading, Writing
from services.projects.participation_editions import commands, queries

participation = router("Participation")
READ, WRITE = requires("projects.participation:read"), requires("projects.participation:write")


@participation.get(
    "/monitorings/{key}/participation", response_model=Participation, dependencies=[READ]
)
async def read_participation(session: Reading, key: str) -> Participation:
    """Read who takes part.

    As it was published last, by common indicator of the ESF Plus, span and gender. Counts below the
    threshold are hidden, and with them as many others as keep them from being calculated from
    totals, from what a part leaves of its whole, from the employment status, or from what was
    published before. The same for everybody, the administration included. What is not known is
    unknown, never zero. Of persons only those count of whom everything is known that must be.
    """
    return await queries.published(session, key)


@participation.post(
    "/monitorings/{key}/participation", response_model=Participation, dependencies=[WRITE]
)
async def publish_participation(session: Writing, key: str) -> Participation:
    """Publish who takes part.

    What is counted today becomes the edition that everybody reads (Veröffentlichung). A count that
    has changed by fewer than the threshold is hidden: who keeps the edition before could subtract.
    What was hidden once stays hidden while it is the same. Publish seldom, when many have come or
    gone. Nothing happens when nothing has changed.

    Refused (409), with every contradiction by code, day and gender: more of a kind than took part,
    an employment status that does not make the total, more results than people who entered until
    then, and results where nobody has said how many took part. What is not known contradicts
    nothing.
    """
    return await commands.publish(session, key)
