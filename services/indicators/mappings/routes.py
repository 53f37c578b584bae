"""Mappings over HTTP."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from collections.abc import Mapping as Fields
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Query, Request

from services.contracts.indicators.mapping_proposals import MappingProposal
from services.contracts.indicators.mappings import Mapping, NewMapping
from services.contracts.shared.base import Key, Page, Revision
from services.indicators.deliveries.formats import (
    FileRefused,
    Hints,
    Limits,
    Recognition,
    recognise_limited,
)
from services.indicators.mappings import commands, queries
from services.indicators.mappings.queries import MAPPINGS
from services.indicators.mappings.tables import MappingRow
from services.kit.access import requires
from services.kit.app import router
from services.kit.bodies import as_bytes, as_text, taking
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch
from services.kit.problems import Invalid, TooLarge

mappings = router("Mappings")
INSPECT = requires("indicators.deliveries:inspect")
DELIVER = requires("indicators.deliveries:deliver")
HISTORY = requires("indicators.deliveries:history")
_EXAMPLE = "Gebiet;Sachmerkmal;2023;2024\nZentrum;Einwohner;1702;1726\n"
_one_at_a_time = asyncio.Semaphore(1)


@dataclass(frozen=True)
class _File:
    path: Path
    seen: Recognition


async def _file(request: Request) -> AsyncIterator[_File]:
    """The file in the body, recognised before a connection of the database is held."""
    with tempfile.TemporaryDirectory(prefix="planraum-") as folder:
        path = Path(folder) / "file"
        with path.open("wb") as content:
            async for part in request.stream():
                content.write(part)
        try:
            async with _one_at_a_time:
                seen = await recognise_limited(path)
        except FileRefused as refused:
            kind = TooLarge if refused.code == "too_large" else Invalid
            raise kind(refused.detail, pointer="", code=refused.code) from None
        yield _File(path, seen)


@mappings.get("/mappings", response_model=Page[Mapping], dependencies=[INSPECT])
async def list_mappings(
    session: Reading,
    paging: PageOf,
    supplier: Annotated[Key | None, Query(description="Of one organisation only.")] = None,
    fingerprint: Annotated[
        str | None, Query(description="For files of one structure only.")
    ] = None,
) -> Fields[str, Any]:
    """List mappings.

    How the files of suppliers are read (Zuordnungen), in the order of their keys. Suppliers see
    their own.
    """
    return await queries.page(session, paging, supplier, fingerprint)


@mappings.post("/mappings", status_code=201, response_model=Mapping, dependencies=[DELIVER])
async def create_mapping(session: Writing, new: NewMapping) -> MappingRow:
    """Save a mapping.

    Complete what `POST /mappings/proposals` proposes: which column names the area, the period,
    the indicator, a dimension with its code list, or holds figures. Every later file of the same
    structure (`fingerprint`) is read by it. A supplier has one mapping for each structure (409).
    """
    return await commands.save(session, new)


@mappings.post(
    "/mappings/proposals",
    response_model=MappingProposal,
    max_body_size=Limits().size,
    dependencies=[DELIVER],
    openapi_extra=taking({"text/csv": as_text(_EXAMPLE), "application/octet-stream": as_bytes()}),
)
async def propose_mapping(
    file: Annotated[_File, Depends(_file, scope="function")],
    session: Reading,
    period: Annotated[
        str | None, Query(description="Of a file that names none, such as `2024-12-31`.")
    ] = None,
    indicator: Annotated[Key | None, Query(description="Of a file that names none.")] = None,
) -> MappingProposal:
    """Propose a mapping for a file.

    The body is the file (text, zip or xlsx); nothing is stored. The answer says what it was
    recognised as, what every column seems to be and why, the saved mapping that fits, and the
    first figures as they would be read (Zuordnungsvorschlag).
    """
    return await commands.propose(
        session, file.path, file.seen, Hints(period=period, indicator=indicator)
    )


@mappings.get("/mappings/{key}", response_model=Mapping, dependencies=[INSPECT])
async def read_mapping(session: Reading, key: str) -> MappingRow:
    """Read a mapping.

    By its key or its UUID. Suppliers see their own.
    """
    return await MAPPINGS.one(session, key)


@mappings.patch("/mappings/{key}", response_model=Mapping, dependencies=[DELIVER])
async def change_mapping(
    session: Writing, key: str, patch: Patch[NewMapping], expected: Expected
) -> MappingRow:
    """Change a mapping.

    Send only what changes, with the ETag that you have read as If-Match. Figures that were
    delivered before stay as they were read.
    """
    return await commands.change(session, key, patch, expected)


@mappings.get("/mappings/{key}/history", response_model=list[Revision], dependencies=[HISTORY])
async def read_mapping_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a mapping.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await MAPPINGS.history(session, key)
