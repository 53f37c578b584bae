"""Take papers and the bodies they go through."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from services.boards.bodies.queries import BODIES
from services.boards.harvests.batches import queries
from services.boards.harvests.consultations.commands import Step, store_in_order
from services.boards.harvests.documents.commands import Subject, link
from services.boards.harvests.intake import Given, Intake
from services.boards.harvests.meanings import rules
from services.boards.harvests.meanings.rules import Meaning, digest
from services.boards.harvests.ranks import commands as ranks
from services.boards.harvests.repairs.rules import Repaired, Type
from services.boards.harvests.repairs.values import Repair
from services.boards.organisations.queries import ORGANISATIONS
from services.boards.papers.queries import PAPERS
from services.contracts.boards.files import SubjectKind
from services.contracts.boards.papers import NewPaper, PaperState
from services.contracts.shared.base import Visibility
from services.kit.days import day


async def take(intake: Intake, objects: Sequence[tuple[Repaired, Any]]) -> None:
    """Take papers with their consultations; what they name and was not read yet follows later."""
    given: list[Given] = []
    waits: dict[str, set[str]] = defaultdict(set)
    numbers = await _references(intake, [one for one, _ in objects])
    papers = [rules.paper(one, day(intake.now)) for one, _ in objects]
    below = await ranks.said(intake, papers)
    silent = [meant.id for meant in papers if not meant.many["superordinate"]]
    above = await ranks.of_silent(intake, silent, below)
    for (one, _), meant in zip(objects, papers, strict=True):
        intake.note([*one.repairs, *meant.repairs])
        fields = {**meant.fields, "reference": numbers[one.id], **_named(intake, meant, waits)}
        fields["superordinate"] = above.get(one.id, fields["superordinate"])
        once = {"state": PaperState.submitted, "visibility": Visibility.public}
        given.append(Given(one.id, fields, once, numbers[one.id]))
    rows = await intake.put(PAPERS, NewPaper, Type.paper, given)
    subjects = [Subject(SubjectKind.paper, rows[o.id].key, o) for o, _ in objects if o.id in rows]
    await link(intake, subjects)
    steps: list[Step] = []
    for one, _ in objects:
        if one.id in rows:
            steps += _embedded(intake, one)
    whole = {rows[one.id].key for one, _ in objects if one.id in rows if _tells_way(one)}
    for step, missing in await store_in_order(intake, steps, whole):
        waits[step.meant.links["paper"]] |= missing
    for address, missing in (await ranks.follow(intake, below, silent)).items():
        waits[address] |= missing
    for (one, raw), meant in zip(objects, papers, strict=True):
        named = meant.many["superordinate"]
        intake.keep(one, raw, waits[one.id], above=named, below=below[one.id])


def _tells_way(paper: Repaired) -> bool:
    return "consultation" in paper.values


async def _references(intake: Intake, papers: Sequence[Repaired]) -> dict[str, str]:
    """The reference number of each paper: its own, and nobody else's."""
    said = {paper.id: paper.text("reference") for paper in papers}
    used = await queries.references_in_use(intake.session, {s for s in said.values() if s})
    times = Counter(said.values())
    numbers: dict[str, str] = {}
    for address, reference in said.items():
        if reference is None:
            intake.note([Repair("no_reference", "reference", address)])
            numbers[address] = f"OParl {digest(address)}"
        elif times[reference] > 1 or used.get(reference, address) != address:
            intake.note([Repair("reference_taken", "reference", address)])
            numbers[address] = f"{reference[:280]} ({digest(address)})"
        else:
            numbers[address] = reference[: rules.LONGEST]
    return numbers


def _named(intake: Intake, meant: Meaning, waits: dict[str, set[str]]) -> dict[str, list[str]]:
    """The keys of what a paper names, as far as it was read."""
    keys: dict[str, list[str]] = defaultdict(list)
    collections = {
        "under_direction_of": {ORGANISATIONS.collection: "under_direction_of"},
        "originator_organisations": {
            ORGANISATIONS.collection: "originator_organisations",
            BODIES.collection: "originator_bodies",
        },
        "superordinate": {PAPERS.collection: "superordinate"},
        "related": {PAPERS.collection: "related"},
    }
    for name, addresses in meant.many.items():
        for address in addresses:
            row = intake.known.get(address)
            if intake.awaits(address):
                waits[meant.id].add(address)
            elif row is not None and row.key and row.collection in collections[name]:
                keys[collections[name][row.collection]].append(row.key)
    names = {field for each in collections.values() for field in each.values()}
    return {name: list(dict.fromkeys(keys[name])) for name in names}


def _embedded(intake: Intake, paper: Repaired) -> Iterable[Step]:
    """The consultations inside of a paper; one that was put off stands there once for each day."""
    seen: set[str] = set()
    for place, one in enumerate(paper.values.get("consultation", ())):
        if one.deleted:
            continue
        meant = rules.consultation(one, paper.id)
        if isinstance(meant, Repair):
            intake.leave_out(Type.consultation, meant)
            continue
        address = one.id
        if address in seen:
            intake.note([Repair("consultation_repeated", "consultation", one.id)])
            address = f"{one.id}#{meant.links.get('agenda_item') or place}"
        if address in seen:
            continue
        seen.add(address)
        yield Step(address, meant, place)
