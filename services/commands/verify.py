"""planraum verify: is the journal whole, is what is hidden safe, is what the world reads right, is
everything found?"""

import asyncio
import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import track

from services.commands.surroundings import console, database, explained, settings
from services.contracts.shared.access import Actor, Municipality, Role
from services.kit import migrate
from services.kit.settings import Settings

if TYPE_CHECKING:
    import asyncpg

    from services.contracts.indicators.disclosure import DisclosureAudit
    from services.contracts.shared.journal import Entry
    from services.kit.search.index import Index


_NAMED = 20
"""So many of what is wrong are named."""


class What(StrEnum):
    """What is to be verified."""

    journal = "journal"
    disclosure = "disclosure"
    oparl = "oparl"
    search = "search"


def run(
    what: Annotated[
        What,
        typer.Argument(
            help="`journal`: every hash; `disclosure`: every hidden figure; `oparl`: every object "
            "that the world reads; `search`: everything that is found, and nothing else."
        ),
    ] = What.journal,
    municipality: Annotated[str | None, typer.Option(help="Only this one.")] = None,
    repair: Annotated[
        bool, typer.Option("--repair", help="With `oparl` and `search`: make anew.")
    ] = False,
) -> None:
    """Recompute every hash of every journal, what an outsider can infer of hidden figures, what
    the world reads as OParl, or what the search finds.

    Ends with 1 when a journal is broken, when a hidden figure can be inferred more closely than
    its rule allows, when an object of OParl is not what it should be, or when the search does not
    find what is there, and names where.
    """
    given = settings()
    with explained(), database(given) as url:
        if what is What.journal:
            broken = asyncio.run(_verify(url, municipality))
        elif what is What.oparl:
            broken = asyncio.run(public_side(url, given, municipality, repair=repair))
        elif what is What.search:
            broken = asyncio.run(search(url, given, municipality, repair=repair))
        else:
            broken = asyncio.run(audit(url, given, municipality))
    raise typer.Exit(1 if broken else 0)


async def audit(url: str, given: Settings, only: str | None) -> int:
    """Audit the towns one after the other; how many figures can be inferred."""
    from services.indicators.disclosure import commands
    from services.kit.database import Database

    narrow = 0
    async with Database("indicators", url, given).opened() as opened:
        for actor in await _towns(url, "indicators", only):
            assert actor.municipality is not None
            town = actor.municipality
            async with opened.writing(actor) as session:
                found = await commands.audit(session)
            narrow += len(found.problems)
            _tell(town.key, found)
    return narrow


async def public_side(url: str, given: Settings, only: str | None, *, repair: bool) -> int:
    """Make everything that the world reads anew; how many objects were not as they should be.

    Nothing of it is kept unless it is to repair.
    """
    from services.boards.oparl import commands
    from services.kit.database import Database, enter

    wrong = 0
    async with Database("boards", url, given).opened() as opened:
        for actor in await _towns(url, "boards", only):
            assert actor.municipality is not None
            async with opened.sessions() as session:
                await enter(session, actor)
                found = await commands.rebuild(session)
                if repair:
                    await session.commit()
            wrong += found
            state = f"[red]{found} objects were wrong[/red]" if found else "right"
            console.print(f"{actor.municipality.key:<20} {state}")
    return 0 if repair else wrong


async def search(url: str, given: Settings, only: str | None, *, repair: bool) -> int:
    """Compare what is found with what is there, in each service and town; how much is not found as
    it should be. To repair all of it is made anew."""
    from services.kit.database import Database
    from services.kit.search import keeping

    wrong = 0
    for service, index in _indexes().items():
        async with Database(service, url, given).opened() as opened:
            for actor in await _towns(url, service, only):
                assert actor.municipality is not None
                async with opened.writing(actor) as session:
                    found = await keeping.compare(session, index)
                if repair:
                    await keeping.rebuild(opened, index, actor)
                wrong += len(found)
                state = f"[red]{len(found)} not found as they are[/red]" if found else "right"
                console.print(f"{service:<10} {actor.municipality.key:<20} {state}")
                for one in found[:_NAMED]:
                    console.print(f"  {one}")
    return 0 if repair else wrong


def _indexes() -> dict[str, "Index"]:
    from services.boards.search import declared as boards
    from services.indicators.search import declared as indicators
    from services.projects.search import declared as projects

    return {"indicators": indicators.INDEX, "boards": boards.INDEX, "projects": projects.INDEX}


async def _towns(url: str, service: str, only: str | None) -> list[Actor]:
    """Whoever verifies, in each town in which the service has work, one after the other."""
    connection = await migrate.connect(url)
    try:
        async with migrate.within(connection, service):
            heads = await connection.fetch(
                "SELECT municipality_id, municipality FROM journal_head ORDER BY 2"
            )
    finally:
        await connection.close()
    return [
        Actor(
            subject="command:verify",
            kind="service",
            roles=frozenset({Role.statistician}),
            municipality=Municipality(key=head["municipality"], id=head["municipality_id"]),
        )
        for head in heads
        if only in (None, head["municipality"])
    ]


def _tell(town: str, audit: "DisclosureAudit") -> None:
    state = f"safe, {audit.hidden} hidden, {audit.secrets} of them secrets"
    if not audit.safe:
        state = f"[red]{len(audit.problems)} hidden figures can be inferred[/red]"
    console.print(f"{town:<20} {state}")
    for one in audit.problems:
        low, high = ("?" if bound is None else f"{bound:g}" for bound in (one.lower, one.upper))
        place = " ".join(filter(None, (one.indicator, one.area, one.period, one.breakdown)))
        wanted = f"{one.expected_lower:g} to {one.expected_upper:g}"
        console.print(f"  {place}: {low} to {high}, expected {wanted} ({one.reason})")
    unchecked = [*audit.unchecked_areas, *audit.unchecked_dimensions]
    if unchecked and audit.hidden:
        named = ", ".join([*unchecked[:3], *["and others"][: len(unchecked[3:])]])
        console.print(f"  moved since then, the next release checks: {named}")


async def _verify(url: str, municipality: str | None) -> int:
    from services.kit import journal

    connection = await migrate.connect(url)
    await connection.set_type_codec(
        "jsonb", schema="pg_catalog", encoder=str, decoder=json.loads, format="text"
    )
    broken = 0
    try:
        for service in migrate.SERVICES:
            async with migrate.within(connection, service):
                heads = await connection.fetch(
                    "SELECT municipality_id, municipality, seq, hash FROM journal_head"
                )
            wanted = [h for h in heads if municipality in (None, h["municipality"])]
            for head in track(wanted, f"{service:<10}", console=console, transient=True):
                bad = journal.first_broken(
                    await _entries(connection, service, head["municipality_id"]),
                    (head["seq"], head["hash"]),
                )
                broken += bad is not None
                state = f"[red]broken at {bad}[/red]" if bad else f"whole, {head['seq']} entries"
                console.print(f"{service:<10} {head['municipality']:<20} {state}")
    finally:
        await connection.close()
    return broken


async def _entries(
    connection: "asyncpg.Connection[asyncpg.Record]", service: str, municipality_id: int
) -> "list[Entry]":
    from services.contracts.shared.journal import Entry

    async with migrate.within(connection, service):
        await connection.execute(
            "SELECT set_config('app.municipality', $1, true)", str(municipality_id)
        )
        rows = await connection.fetch(
            "SELECT * FROM journal WHERE municipality_id = $1 ORDER BY seq", municipality_id
        )
    return [Entry.model_validate(dict(row)) for row in rows]
