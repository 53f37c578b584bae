"""Indices over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Path, Query

from services.contracts.indicators.index_presets import IndexPreset, NewIndexFromPreset
from services.contracts.indicators.index_results import (
    IndexExplanation,
    IndexMatrix,
    IndexPreview,
    IndexResults,
    NewIndexPreview,
)
from services.contracts.indicators.indices import Index, NewIndex
from services.contracts.shared.base import Key, Page, Revision
from services.indicators.indices import commands, presets, queries, reading
from services.indicators.indices.queries import INDICES
from services.indicators.indices.tables import IndexRow
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

indices = router("Indices")
READ, WRITE = requires("indicators.indices:read"), requires("indicators.indices:write")
HISTORY = requires("indicators.indices:history")
PresetKey = Annotated[str, Path(description="Key of the ready recipe, such as `mss-berlin`.")]
AreaKey = Annotated[str, Path(description="Key of the area.")]
PeriodOf = Annotated[
    str | None, Query(max_length=10, description="Such as `2024-12-31`; the newest if not given.")
]
AsOf = Annotated[
    int | None, Query(ge=1, le=2**31 - 1, description="As it stood with this release.")
]


@indices.get("/indices", response_model=Page[Index], dependencies=[READ])
async def list_indices(
    session: Reading,
    paging: PageOf,
    topic: Annotated[Key | None, Query(description="Of one topic only.")] = None,
    level: Annotated[Key | None, Query(description="Of areas of one level only.")] = None,
) -> Mapping[str, Any]:
    """List indices.

    The recipes by which several indicators become one (Indizes), in the order of keys.
    """
    return await queries.page(session, paging, topic, level)


@indices.post("/indices", status_code=201, response_model=Index, dependencies=[WRITE])
async def create_index(session: Writing, new: NewIndex) -> IndexRow:
    """Create an index.

    A recipe: components with direction and weight, standardisation, exclusions with their reason,
    class limits, dynamics over some periods, upper levels. It is computed at the next release and
    whenever one of its components is shown otherwise. The indicators `<key>-status` and
    `<key>-dynamics` are made along with it and hold its figures for maps, tables and files. Areas
    of which a component is hidden are left out, so that nothing hidden can be calculated back.
    """
    return await commands.define(session, new)


@indices.get("/indices/presets", response_model=list[IndexPreset], dependencies=[READ])
async def list_index_presets(session: Reading) -> list[IndexPreset]:
    """List ready recipes.

    What they lack are the indicators of the municipality (Vorlagen). `verified` says whether a
    recipe was held against official editions, `note` what of it is an assumption.
    """
    return presets.presets()


@indices.post(
    "/indices/presets/{preset}", status_code=201, response_model=Index, dependencies=[WRITE]
)
async def create_index_from_preset(
    session: Writing, preset: PresetKey, new: NewIndexFromPreset
) -> IndexRow:
    """Create an index from a ready recipe.

    `mss-berlin`, `sozialmonitoring-hamburg`, `z-index`, `min-max-fifths` or `gisd-2022`, with the
    indicators that you name. The result is an index like any other and can be changed.
    """
    return await commands.define_from_preset(session, preset, new)


@indices.get("/indices/{key}", response_model=Index, dependencies=[READ])
async def read_index(session: Reading, key: str) -> IndexRow:
    """Read the recipe of an index.

    By its key or its UUID.
    """
    return await INDICES.one(session, key)


@indices.patch("/indices/{key}", response_model=Index, dependencies=[WRITE])
async def change_index(
    session: Writing, key: str, patch: Patch[NewIndex], expected: Expected
) -> IndexRow:
    """Change the recipe of an index.

    Send only what changes, with the ETag that you have read as If-Match. Results follow with the
    next release; those of earlier releases stay as they were printed.
    """
    return await commands.change(session, key, patch, expected)


@indices.get("/indices/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_index_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of an index.

    Every recipe it had, newest first, with the identifier of who made the change.
    """
    return await INDICES.history(session, key)


@indices.get("/indices/{key}/results", response_model=IndexResults, dependencies=[READ])
async def list_index_results(
    session: Reading,
    key: str,
    period: Annotated[
        str | None, Query(max_length=10, description="Of one period; all if not given.")
    ] = None,
    level: Annotated[Key | None, Query(description="Of areas of one level only.")] = None,
    group: Annotated[
        str | None, Query(max_length=20, description="Of one group only, such as `4-`.")
    ] = None,
    as_of: AsOf = None,
) -> IndexResults:
    """Read the results of an index.

    Value and class of the state, of the dynamics, and the group of both, for every area and
    period, in columns. An area without a value says why: left out by the recipe, a component is
    missing or hidden.
    """
    return await reading.results(session, key, period, level, group, as_of)


@indices.get("/indices/{key}/matrix", response_model=IndexMatrix, dependencies=[READ])
async def read_index_matrix(
    session: Reading, key: str, period: PeriodOf = None, as_of: AsOf = None
) -> IndexMatrix:
    """Read areas by state and dynamics.

    Every group with its areas, such as four classes of the state by three of the dynamics
    (Gruppenmatrix).
    """
    return await reading.matrix(session, key, period, as_of)


@indices.get(
    "/indices/{key}/areas/{area}/explanation", response_model=IndexExplanation, dependencies=[READ]
)
async def explain_index(
    session: Reading, key: str, area: AreaKey, period: PeriodOf = None, as_of: AsOf = None
) -> IndexExplanation:
    """Explain the class of an area.

    What each component contributes, how far the next classes are, in which class the area would
    be without one component, and the smallest change of one weight that would put it into another
    class (Erläuterung).
    """
    return await reading.explanation(session, key, area, period, as_of)


@indices.post("/indices/{key}/previews", response_model=IndexPreview, dependencies=[WRITE])
async def preview_index(session: Reading, key: str, new: NewIndexPreview) -> IndexPreview:
    """Try other weights.

    Tells how values would change and which areas would be in another class (Vorschau). The present
    values and classes are those of a release, from unrounded rates; what your weights change is
    computed from published figures. Nothing is stored.
    """
    return await commands.preview(session, key, new)
