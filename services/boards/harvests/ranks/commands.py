"""Note which paper belongs to which; either of the two may be the one that says so."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from services.boards.harvests.batches import queries
from services.boards.harvests.intake import Given, Intake
from services.boards.harvests.meanings.rules import Meaning
from services.boards.harvests.repairs.rules import Type
from services.boards.harvests.repairs.values import Repair
from services.boards.papers.queries import PAPERS
from services.contracts.boards.papers import NewPaper

Said = Mapping[str, Sequence[str]]
"""Address of a paper -> the addresses of those that it says belong to it."""


async def said(intake: Intake, papers: Sequence[Meaning]) -> dict[str, list[str]]:
    """What the papers say belongs to them, each by the address it calls itself by."""
    named = {address for one in papers for address in one.below}
    keys = {key for address in named if (key := intake.key(address, PAPERS.collection))}
    own = await queries.addresses_of(intake.session, keys) if keys else {}
    found: dict[str, list[str]] = {}
    for one in papers:
        below = [own.get(intake.key(a, PAPERS.collection) or "", a) for a in one.below]
        if one.id in below:
            intake.note([Repair("part_of_itself", "subordinatedPaper", one.id)])
        found[one.id] = [address for address in dict.fromkeys(below) if address != one.id]
    return found


async def above(intake: Intake, addresses: Collection[str], telling: Said) -> dict[str, list[str]]:
    """The keys of the papers that say that these belong to them.

    `telling` is what papers say that are being taken; of all others it is what they said last.
    """
    if not addresses:
        return {}
    wanted = set(addresses)
    claims = {
        (row.external_id, address, str(row.key))
        for row in await queries.having_below(intake.session, intake.source, wanted)
        if row.external_id not in telling
        for address in wanted.intersection(row.below or ())
    }
    for own, below in telling.items():
        if (key := intake.key(own, PAPERS.collection)) is not None:
            claims |= {(own, address, key) for address in wanted.intersection(below)}
    found: dict[str, list[str]] = defaultdict(list)
    for _, address, key in sorted(claims):
        found[address].append(key)
    return found


async def of_silent(
    intake: Intake, addresses: Collection[str], telling: Said
) -> dict[str, list[str]]:
    """What papers belong to that are being taken and do not say it themselves.

    It is what others say of them, and what a person added; what they said before is gone.
    """
    before = {a: intake.known[a].above or [] for a in addresses if a in intake.known}
    await intake.learn({address for said in before.values() for address in said})
    gone = _dropped(intake, telling)
    for own, said in before.items():
        gone[own] |= {intake.key(address, PAPERS.collection) or "" for address in said}
    keys = await above(intake, addresses, telling)
    papers = await queries.taken_before(intake.session, PAPERS, addresses) if addresses else {}
    return {
        own: _with_added(keys.get(own, []), papers[own].superordinate, gone[own])
        if own in papers
        else keys.get(own, [])
        for own in addresses
    }


async def follow(
    intake: Intake, telling: Said, silent: Collection[str] = ()
) -> dict[str, set[str]]:
    """Let what others say belongs to them follow; of each the addresses that it still waits for.

    A paper that says itself what it belongs to is left alone, and what a person added stays. Of the
    papers that are being taken those in `silent` do not say it.
    """
    waits = {own: {a for a in below if intake.awaits(a)} for own, below in telling.items()}
    dropped = _dropped(intake, telling)
    touched = set(dropped).union(*telling.values())
    await intake.learn(touched)
    others = {address for address in touched - set(telling) if _is_silent(intake, address)}
    quiet = others | touched.intersection(silent)
    papers = await queries.taken_before(intake.session, PAPERS, quiet) if quiet else {}
    keys = await above(intake, papers, telling)
    given = []
    for address, row in papers.items():
        now = _with_added(keys.get(address, []), row.superordinate, dropped[address])
        if now != row.superordinate:
            given.append(Given(address, {"superordinate": now}, {}, row.key))
    if given:
        await intake.put(PAPERS, NewPaper, Type.paper, given)
    return waits


def _dropped(intake: Intake, telling: Said) -> dict[str, set[str]]:
    """Address of a paper -> the keys of those that said it belongs to them, and no longer do."""
    before = {own: intake.known[own].below or [] for own in telling if own in intake.known}
    dropped: dict[str, set[str]] = defaultdict(set)
    for own, addresses in before.items():
        for address in set(addresses) - set(telling[own]):
            dropped[address].add(intake.key(own, PAPERS.collection) or "")
    return dropped


def _with_added(said: list[str], stored: Sequence[str], gone: Collection[str]) -> list[str]:
    """What is said now, and what is stored beside it, which a person added."""
    return said + [key for key in stored if key not in said and key not in gone]


def _is_silent(intake: Intake, address: str) -> bool:
    row = intake.known.get(address)
    return row is not None and not row.deleted and not row.above
