"""Lists of what other services keep, asked for as the report's reader."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.neighbours import Neighbours, Thing, ask
from services.boards.report_bindings.rules import Binding, Unresolved
from services.boards.report_entries.queries import entry
from services.boards.report_entries.rules import MOST, Span, check_count
from services.contracts.boards.report_editions import ShownEntry
from services.contracts.shared.access import Actor
from services.contracts.shared.base import Texts
from services.kit.clients import Peer
from services.kit.days import day


class _Measure(BaseModel):
    key: str
    title: Texts
    state: str
    starts_on: date | None


class _Measures(BaseModel):
    items: list[_Measure]
    next: str | None


class _Finding(BaseModel):
    key: str
    title: Texts
    area: str
    state: str


class _Findings(BaseModel):
    items: list[_Finding]
    next: str | None


class _Area(BaseModel):
    key: str
    name: Texts


class _Areas(BaseModel):
    items: list[_Area]


class _Release(BaseModel):
    key: str
    number: int
    title: Texts
    created_at: datetime


class _Releases(BaseModel):
    items: list[_Release]
    next: str | None


async def measures(
    session: AsyncSession, beside: Neighbours, reader: Actor, binding: Binding, span: Span
) -> list[ShownEntry]:
    """Measures by key, planned ones too; with `since` those that began after that day.

    Their states are those of now: nobody keeps how they were on an earlier day.
    """
    await check_named(session, beside, reader, binding)
    since = span.after(binding)
    query = {name: value for name, value in binding.asked if name != "since"}
    found = await ask(
        session, beside.projects, _Measures, "measures", {**query, "limit": "1000"}, reader
    )
    if found is None:
        raise Unresolved("unknown", "There are no measures of that.")
    check_count(MOST + 1 if found.next is not None else 0)
    taken = [
        one
        for one in found.items
        if since is None or (one.starts_on is not None and since < one.starts_on <= span.on)
    ]
    check_count(len(taken))
    return [entry(one.key, one.title, one.starts_on, one.state) for one in taken]


async def check_named(
    session: AsyncSession, beside: Neighbours, reader: Actor, binding: Binding
) -> None:
    """Refuse a strategy, project, area or topic that the readers do not know."""
    named: Sequence[tuple[str, Peer, str]] = (
        ("strategy", beside.projects, "strategies"),
        ("project", beside.projects, "projects"),
        ("area", beside.indicators, "areas"),
        ("topic", beside.indicators, "topics"),
    )
    for name, peer, collection in named:
        key = binding[name]
        address = f"{collection}/{key}"
        if key is not None and await ask(session, peer, Thing, address, None, reader) is None:
            raise Unresolved("unknown", f"There is no {name} {key!r} that the readers may see.")


async def findings(
    session: AsyncSession, beside: Neighbours, reader: Actor, binding: Binding, release: int
) -> list[ShownEntry]:
    """Findings that were there with the release of the report, with their states of now."""
    await check_named(session, beside, reader, binding)
    query = {**dict(binding.asked), "seen_in": str(release), "limit": "1000"}
    found = await ask(session, beside.indicators, _Findings, "findings", query, reader)
    if found is None:
        raise Unresolved("unknown", "There is no such area, level or topic.")
    check_count(len(found.items) + (MOST if found.next is not None else 0))
    names = await _area_names(session, beside, reader)
    return [entry(one.key, one.title, None, one.state, names.get(one.area)) for one in found.items]


async def places_of_findings(
    session: AsyncSession, beside: Neighbours, reader: Actor
) -> Mapping[str, Texts]:
    """Findings with the names of their areas, by key."""
    query = {"limit": "1000"}
    found = await ask(session, beside.indicators, _Findings, "findings", query, reader)
    names = await _area_names(session, beside, reader)
    listed = found.items if found is not None else ()
    return {one.key: names[one.area] for one in listed if one.area in names}


async def _area_names(
    session: AsyncSession, beside: Neighbours, reader: Actor
) -> Mapping[str, Texts]:
    listed = await ask(session, beside.indicators, _Areas, "areas", {"limit": "1000"}, reader)
    return {one.key: one.name for one in (listed.items if listed is not None else ())}


async def releases(
    session: AsyncSession,
    beside: Neighbours,
    reader: Actor,
    binding: Binding,
    span: Span,
    release: int,
) -> list[ShownEntry]:
    """Releases up to that of the report, the newest first."""
    since = span.after(binding)
    query = {"limit": "1000"}
    found = await ask(session, beside.indicators, _Releases, "releases", query, reader)
    taken = [
        one
        for one in (found.items if found is not None else ())
        if one.number <= release
        and day(one.created_at) <= span.on
        and (since is None or day(one.created_at) > since)
    ]
    check_count(len(taken))
    return [
        entry(one.key, one.title, day(one.created_at), reference=str(one.number)) for one in taken
    ]
