"""What a person does with published counts."""

from asyncio import to_thread

from pydantic_core import to_jsonable_python
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.participation import Participation
from services.kit import journal
from services.kit.database import municipality_of
from services.kit.days import today
from services.projects.counted_among import rules as counted_among
from services.projects.monitorings.queries import MONITORINGS
from services.projects.participation import queries as participation
from services.projects.participation.rules import rows
from services.projects.participation_editions import queries, rules
from services.projects.participation_editions.tables import ParticipationEditionRow


async def publish(session: AsyncSession, key: str) -> Participation:
    """Publish who takes part, with regard to all that was published before. Refuses (409) counts
    that contradict those among whom they are counted."""
    monitoring = await MONITORINGS.one(session, key, lock=True)
    before = await queries.of_monitoring(session, monitoring.key)
    counts = await participation.counts(session, monitoring)
    counted_among.check(counts)
    kept = rules.kept(counts)
    if before and (before[0].counts, before[0].threshold) == (kept, monitoring.threshold):
        return queries.told(monitoring, before[0])
    editions = [rules.edition(one.counts, one.rows) for one in reversed(before)]
    hidden = await to_thread(rules.hidden, counts, monitoring.threshold, editions)
    row = ParticipationEditionRow(
        municipality_id=municipality_of(session).id,
        monitoring=monitoring.key,
        number=len(before) + 1,
        published_on=today(),
        threshold=monitoring.threshold,
        counts=kept,
        rows=to_jsonable_python(rows(counts, hidden)),
    )
    session.add(row)
    await session.flush()
    await journal.append(
        session,
        "projects.participation.published.v1",
        f"monitorings/{monitoring.key}",
        {"edition": row.number},
    )
    return queries.told(monitoring, row)
