"""Topics over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from services.contracts.indicators.topics import NewTopic, Topic, TopicKind
from services.contracts.shared.base import Key, Page, Revision
from services.indicators.topics import commands, queries
from services.indicators.topics.queries import TOPICS
from services.indicators.topics.tables import TopicRow
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

topics = router("Topics")
READ, WRITE = requires("indicators.catalogue:read"), requires("indicators.catalogue:write")
HISTORY = requires("indicators.catalogue:history")


@topics.get("/topics", response_model=Page[Topic], dependencies=[READ])
async def list_topics(
    session: Reading,
    paging: PageOf,
    kind: Annotated[TopicKind | None, Query(description="Of one kind only.")] = None,
    parent: Annotated[Key | None, Query(description="Directly part of this one only.")] = None,
) -> Mapping[str, Any]:
    """List topics.

    Topics and life situations (Themenfelder, Lebenslagen) by their place; `parent` makes the tree.
    """
    return await queries.page(session, paging, kind, parent)


@topics.post("/topics", status_code=201, response_model=Topic, dependencies=[WRITE])
async def create_topic(session: Writing, new: NewTopic) -> TopicRow:
    """Create a topic.

    The key is for good; indicators name it. `parent` must exist.
    """
    return await commands.enter(session, new)


@topics.get("/topics/{key}", response_model=Topic, dependencies=[READ])
async def read_topic(session: Reading, key: str) -> TopicRow:
    """Read a topic.

    By its key or its UUID.
    """
    return await TOPICS.one(session, key)


@topics.patch("/topics/{key}", response_model=Topic, dependencies=[WRITE])
async def change_topic(
    session: Writing, key: str, patch: Patch[NewTopic], expected: Expected
) -> TopicRow:
    """Change a topic.

    Send only what changes, with the ETag that you have read as If-Match. No topic can be part of
    itself.
    """
    return await commands.change(session, key, patch, expected)


@topics.get("/topics/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_topic_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a topic.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await TOPICS.history(session, key)
