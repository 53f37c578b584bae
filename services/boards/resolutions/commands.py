"""What a person does with resolutions."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.consultations.rules import check_dealt_with
from services.boards.evidences import commands as evidences
from services.boards.grounds.commands import held
from services.boards.grounds.queries import Ground, decisions_to_come, ground, undone_before
from services.boards.grounds.rules import check_decides, check_language, check_order
from services.boards.neighbours import Neighbours, Thing, ask
from services.boards.papers.queries import PAPERS
from services.boards.papers.queries import next_number as next_of
from services.boards.papers.rules import key_of, reference
from services.boards.papers.rules import series as series_of
from services.boards.powers.queries import held as held_power
from services.boards.recommendations.queries import RECOMMENDATIONS
from services.boards.resolutions import queries, rules
from services.boards.resolutions.queries import RESOLUTIONS
from services.boards.resolutions.tables import EndingRow, ResolutionRow, ResponseRow
from services.contracts.boards.bodies import BodyKind
from services.contracts.boards.papers import PaperState
from services.contracts.boards.powers import PowerKind
from services.contracts.boards.recommendations import DecisionTexts
from services.contracts.boards.resolutions import NewResolution, Resolution, ResolutionKind
from services.kit.database import municipality_of
from services.kit.keys import opaque
from services.kit.patches import Patch
from services.kit.problems import Invalid
from services.kit.resources import aside, seen_keys


async def take(session: AsyncSession, beside: Neighbours, new: NewResolution) -> Resolution:
    """Enter what a deciding body has adopted, or turned down."""
    rules.check_refusal(new)
    checked = await evidences.check(session, beside, new.evidence)
    findings = await evidences.answered(session, beside, new.findings)
    await _check_strategy(session, beside, new.strategy)
    on = await ground(session, new.vote, rules.rests_on(new.kind))
    await _check(session, new, on)
    power = await _power(session, new.kind, on)
    number = new.reference or await _next_reference(session, on)
    row = await RESOLUTIONS.add(
        session,
        new,
        key=new.key or key_of(number, "res") or opaque("res"),
        reference=number,
        **on.columns,
        **on.on_paper,
        findings=findings,
        power=power,
        visibility=on.visibility(new.visibility),
    )
    with aside(session):
        await _respond(session, row, new)
        await _end(session, row, new)
        await evidences.keep(session, checked, resolution=row.key)
        await held(session, on)
        await _settle(session, on, row)
    return await queries.alone(session, row)


async def change(
    session: AsyncSession, key: str, patch: Patch[DecisionTexts], expected: int
) -> Resolution:
    """Change what may still be said of it."""
    row = await RESOLUTIONS.locked(session, key, expected)
    new = patch.onto(row)
    check_language(row.text["de"], new.text["de"])
    row = await RESOLUTIONS.store(session, row, new)
    return await queries.alone(session, row)


async def _check(session: AsyncSession, new: NewResolution, on: Ground) -> None:
    check_decides(on.mandates, on.role)
    rules.check_kind(new.kind, BodyKind(on.body.kind))
    if on.paper is not None:
        check_dealt_with(PaperState(on.paper.state))
    if on.consultation is not None:
        check_order(await undone_before(session, on.consultation))
    named = {one.recommendation for one in new.responses}
    known = (await seen_keys(session, (RECOMMENDATIONS, named)))[RECOMMENDATIONS.collection]
    given = await queries.given_on(session, on.paper.key if on.paper else None)
    rules.check_responses(new.responses, given, known)
    earlier = await queries.locked(session, {one.resolution for one in new.ends})
    rules.check_ends(
        new.ends,
        rules.Deciding(on.body.key, BodyKind(on.body.kind), on.decided_on),
        {row.key: rules.Decided(row.body, row.decided_on, row.valid) for row in earlier},
        await queries.endings_of(session, [row.key for row in earlier]),
    )


async def _check_strategy(session: AsyncSession, beside: Neighbours, key: str | None) -> None:
    if key is None:
        return
    if await ask(session, beside.projects, Thing, f"strategies/{key}") is None:
        raise Invalid("There is no such strategy.", pointer="/strategy", code="unknown")


async def _power(session: AsyncSession, kind: ResolutionKind, on: Ground) -> str | None:
    if kind != ResolutionKind.legitimation:
        return None
    power = await held_power(session, on.body.key, PowerKind.legitimises_strategy, on.decided_on)
    rules.check_power(power)
    return power


async def _end(session: AsyncSession, row: ResolutionRow, new: NewResolution) -> None:
    town = municipality_of(session).id
    session.add_all(
        EndingRow(
            municipality_id=town,
            resolution=row.key,
            ended=one.resolution,
            kind=one.kind,
            ends_from=one.ends_from or row.decided_on,
        )
        for one in new.ends
    )
    await session.flush()
    for ended in await queries.locked(session, {one.resolution for one in new.ends}):
        await RESOLUTIONS.tell(session, ended, "ended", by=row.key)


async def _respond(session: AsyncSession, row: ResolutionRow, new: NewResolution) -> None:
    town = municipality_of(session).id
    session.add_all(
        ResponseRow(municipality_id=town, resolution=row.key, **one.model_dump())
        for one in new.responses
    )
    await session.flush()


async def _settle(session: AsyncSession, on: Ground, row: ResolutionRow) -> None:
    """The paper is decided when nobody is to decide on it any more."""
    if on.paper is None or on.consultation is None:
        return
    if not await decisions_to_come(session, on.consultation):
        on.paper.state = PaperState.decided
        await session.flush()
        await PAPERS.tell(session, on.paper, "decided", resolution=row.key)


async def _next_reference(session: AsyncSession, on: Ground) -> str:
    series = series_of(on.body.resolution_numbers or rules.NUMBERS, on.decided_on.year)
    while True:
        number = reference(series, await next_of(session, series))
        if not await queries.is_taken(session, number):
            return number
