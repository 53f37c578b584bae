"""What a person does with topics."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.topics import NewTopic
from services.indicators.topics import queries, rules
from services.indicators.topics.queries import TOPICS
from services.indicators.topics.tables import TopicRow
from services.kit import sql
from services.kit.patches import Patch


async def enter(session: AsyncSession, new: NewTopic) -> TopicRow:
    """Enter a topic."""
    rules.check_parent(new.key, new.parent, {})
    return await TOPICS.add(session, new)


async def change(
    session: AsyncSession, key: str, patch: Patch[NewTopic], expected: int
) -> TopicRow:
    """Change a topic."""
    row = await TOPICS.locked(session, key, expected)
    new = patch.onto(row)
    if new.parent != row.parent:
        await sql.alone(session, "indicators.topic.parent")
        rules.check_parent(new.key, new.parent, await queries.parents(session))
    return await TOPICS.store(session, row, new)
