"""Asking the indicators service which area lies in which."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import parse_qsl, urlsplit

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.references import ReferenceResource
from services.kit.database import actor_of, municipality_of
from services.projects.area_trees.rules import Tree
from services.projects.references.commands import Owners

_MOST_PAGES = 50


class _Area(BaseModel):
    key: str
    parent: str | None = None


class _Page(BaseModel):
    items: Sequence[_Area]
    next: str | None


async def tree(session: AsyncSession, peers: Owners, on: date) -> Tree:
    """All areas of a day that the actor may see; refuses (503) while that service is away."""
    address = f"/v1/{municipality_of(session).key}/areas"
    query: dict[str, str] = {"on": on.isoformat(), "limit": "1000"}
    found: dict[str, str | None] = {}
    for _ in range(_MOST_PAGES):
        page = await peers[ReferenceResource.areas].read(_Page, address, actor_of(session), query)
        if page is None:
            break
        found |= {one.key: one.parent for one in page.items}
        if page.next is None:
            break
        query = dict(parse_qsl(urlsplit(page.next).query))
    return Tree(found)
