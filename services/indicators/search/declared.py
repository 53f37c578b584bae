"""The kinds of the figures that are searched."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, String, cast
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.indicators.areas.queries import AREAS
from services.indicators.catalogue.queries import INDICATORS
from services.indicators.dimensions.queries import DIMENSIONS
from services.indicators.facilities.queries import FACILITIES
from services.indicators.facility_kinds.queries import FACILITY_KINDS
from services.indicators.findings import queries as findings
from services.indicators.findings.queries import FINDINGS
from services.indicators.findings.tables import FindingRow
from services.indicators.indices.queries import INDICES
from services.indicators.levels.queries import LEVELS
from services.indicators.needs.queries import NEEDS_RULES
from services.indicators.releases.queries import RELEASES
from services.indicators.reports.queries import REPORTS
from services.indicators.search.queries import versions
from services.indicators.search.tables import SearchDocumentRow
from services.indicators.slots.queries import SLOTS
from services.indicators.territory.crosswalks.queries import CROSSWALKS
from services.indicators.topics.queries import TOPICS
from services.kit.search.index import Index
from services.kit.search.searched import Searched


async def _areas(session: AsyncSession, rows: Sequence[Any]) -> Mapping[str, Mapping[str, Any]]:
    """Areas are called and numbered by their versions: the last gives the title, all are found."""
    told: dict[str, dict[str, Any]] = {}
    for version in await versions(session, [row.key for row in rows]):
        one = told.setdefault(version.area, {"name": version.name, "earlier": [], "codes": []})
        if version.name != one["name"]:
            one["earlier"].append(version.name)
        one["codes"] += version.codes.values()
    return told


def _of_indicators(keys: Collection[str]) -> ColumnElement[bool]:
    """Findings whose evidence tells of these indicators."""
    named: ColumnElement[bool] = col(FindingRow.indicators).op("?|", is_comparison=True)(
        cast(sorted(keys), ARRAY(String))
    )
    return named


INDEX = Index(
    (
        Searched(TOPICS, "topic", "name", body=("description",)),
        Searched(
            INDICATORS,
            "indicator",
            "name",
            short="short_name",
            body=("description",),
            codes=("source_codes",),
        ),
        Searched(INDICES, "index", "name", body=("description",)),
        Searched(AREAS, "area", "name", body=("earlier",), codes=("codes",), beside=_areas),
        Searched(
            FACILITIES,
            "facility",
            "name",
            body=("description", "address"),
            dated="starts_on",
        ),
        Searched(
            FINDINGS,
            "finding",
            body=("description",),
            dated="created_at",
            seen=findings.told,
            reached={"indicators": _of_indicators},
        ),
        Searched(REPORTS, "report", body=("foreword",), dated="created_at"),
        Searched(DIMENSIONS, "dimension", "name", codes=("code",)),
        Searched(LEVELS, "area_level", "name"),
        Searched(CROSSWALKS, "crosswalk", body=("note",), dated="valid_from"),
        Searched(FACILITY_KINDS, "facility_kind", "name", body=("description",)),
        Searched(NEEDS_RULES, "needs_rule", body=("description",)),
        Searched(RELEASES, "release", body=("note",), dated="created_at"),
        Searched(SLOTS, "slot", body=("note",), permission="indicators.deliveries:inspect"),
    ),
    SearchDocumentRow,
)
