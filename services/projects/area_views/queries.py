"""What is asked for the view of areas: measures here, needs of the indicators service."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import parse_qsl, urlsplit

from pydantic import BaseModel
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.area_views import AreaViews
from services.contracts.projects.measures import MeasureState
from services.contracts.projects.portfolio import PortfolioAxis
from services.contracts.projects.references import ReferenceResource
from services.kit.clients import Peer
from services.kit.database import actor_of, municipality_of
from services.projects.area_views import rules
from services.projects.area_views.rules import Found, Planned
from services.projects.measures.queries import MEASURES
from services.projects.measures.tables import MeasureRow
from services.projects.portfolio.queries import portfolio
from services.projects.references.commands import Owners

_NEEDS = ("open", "confirmed")
_MOST_PAGES = 20


class _Finding(BaseModel):
    key: str
    area: str
    state: str


class _Page(BaseModel):
    items: Sequence[_Finding]
    next: str | None


async def views(session: AsyncSession, peers: Owners, on: date, year: int) -> AreaViews:
    """All areas; refuses (503) while the indicators service is away."""
    found = await _findings(session, peers[ReferenceResource.findings])
    funded = await portfolio(session, on, PortfolioAxis.area)
    return rules.views(await _measures(session), found, funded, year, on)


async def _measures(session: AsyncSession) -> list[Planned]:
    statement = select(MeasureRow).where(
        MEASURES.seen(session), col(MeasureRow.state) != MeasureState.withdrawn
    )
    return [
        Planned(row.key, row.areas, row.budget, row.findings)
        for row in await session.exec(statement)
    ]


async def _findings(session: AsyncSession, peer: Peer) -> list[Found]:
    """Needs as the actor may see them."""
    address = f"/v1/{municipality_of(session).key}/findings"
    query: dict[str, str] = {"limit": "1000"}
    found: list[Found] = []
    for _ in range(_MOST_PAGES):
        page = await peer.read(_Page, address, actor_of(session), query)
        if page is None:
            break
        found += [Found(one.key, one.area) for one in page.items if one.state in _NEEDS]
        if page.next is None:
            break
        query = dict(parse_qsl(urlsplit(page.next).query))
    return found
