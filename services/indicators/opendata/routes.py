"""The catalogue as linked data over HTTP."""

import json
from typing import Any

from fastapi import Request, Response
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.catalogue import Source
from services.indicators.catalogue.tables import IndicatorRow
from services.indicators.opendata import queries, rules
from services.indicators.opendata.queries import Published
from services.indicators.opendata.rules import Dataset, Offered, Town, apart
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading, municipality_of
from services.kit.problems import NotFound

opendata = router("Open data")
READ = requires("indicators.catalogue:read")
MEDIA_TYPE = "application/ld+json"
_LINKED: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            MEDIA_TYPE: {
                "schema": {"type": "object", "description": "JSON-LD in DCAT-AP.de."},
                "example": {
                    "@context": {"dcat": "http://www.w3.org/ns/dcat#"},
                    "@type": "dcat:Dataset",
                    "dcat:theme": {
                        "@id": "http://publications.europa.eu/resource/authority/data-theme/SOCI"
                    },
                },
            }
        }
    }
}


@opendata.get("/catalogue.jsonld", response_class=Response, responses=_LINKED, dependencies=[READ])
async def read_linked_catalogue(request: Request, session: Reading) -> Response:
    """Read the catalogue for open data portals.

    A dcat:Catalog (DCAT-AP.de, JSON-LD) with a dataset for each topic that has public figures, and
    for each such indicator without a topic: licences by source, place, time, and every form in
    which the figures can be fetched. Shows what everybody may see, whoever asks.
    """
    town, found = await _offered(request, session)
    return _linked(rules.catalogue(town, found))


@opendata.get(
    "/catalogue/datasets/{key}", response_class=Response, responses=_LINKED, dependencies=[READ]
)
async def read_linked_dataset(request: Request, session: Reading, key: str) -> Response:
    """Read a dataset for open data portals.

    A dcat:Dataset (DCAT-AP.de, JSON-LD) by the key of a topic, or of an indicator.
    """
    town, found = await _offered(request, session)
    for dataset in found:
        if dataset.key == key:
            return _linked(rules.alone(town, dataset))
        for one in dataset.indicators:
            if one.key == key:
                return _linked(rules.alone(town, Dataset(key, one.name, one.description, [one])))
    raise NotFound(f"There is no topic or indicator {key[:80]!r} with public figures.")


async def _offered(request: Request, session: AsyncSession) -> tuple[Town, list[Dataset]]:
    address: str | None = request.app.state.settings.public_url
    municipality = municipality_of(session)
    published = await queries.published(session)
    indicators = [
        (row, _offer(row, published[row.key]))
        for row in await queries.indicators(session)
        if row.key in published
    ]
    topics = await queries.topics(session)
    of: dict[str | None, list[Offered]] = {topic.key: [] for topic in topics}
    for row, one in indicators:
        of.setdefault(row.topic, []).append(one)
    by_topic = [Dataset(t.key, t.name, t.description, of[t.key]) for t in topics]
    known = {topic.key for topic in topics}
    without = [
        Dataset(apart(one.key, known), one.name, one.description, [one])
        for row, one in indicators
        if row.topic not in known
    ]
    name = await queries.town(session) or {"de": municipality.key}
    town = Town(municipality.key, municipality.id, name, address)
    return town, rules.datasets(by_topic, without)


def _offer(row: IndicatorRow, published: Published) -> Offered:
    return Offered(
        key=row.key,
        name=row.name,
        description=row.description,
        source=Source.model_validate(row.source),
        periodicity=row.periodicity,
        modified=published.modified,
        first=published.first,
        last=published.last,
    )


def _linked(node: dict[str, Any]) -> Response:
    body = json.dumps(node, ensure_ascii=False, separators=(",", ":"))
    return Response(body, media_type=MEDIA_TYPE)
