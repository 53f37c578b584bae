"""What a person does with recommendations."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.bodies.queries import BODIES
from services.boards.consultations.rules import check_dealt_with
from services.boards.evidences import commands as evidences
from services.boards.grounds.commands import held
from services.boards.grounds.queries import ground
from services.boards.grounds.rules import check_language, check_recommends
from services.boards.neighbours import Neighbours
from services.boards.recommendations import queries, rules
from services.boards.recommendations.queries import RECOMMENDATIONS
from services.contracts.boards.papers import PaperState
from services.contracts.boards.recommendations import (
    DecisionTexts,
    NewRecommendation,
    Recommendation,
)
from services.kit.keys import opaque
from services.kit.patches import Patch
from services.kit.problems import Invalid, NotFound
from services.kit.resources import aside


async def give(session: AsyncSession, beside: Neighbours, new: NewRecommendation) -> Recommendation:
    """Enter a recommendation that a body has adopted."""
    checked = await evidences.check(session, beside, new.evidence)
    findings = await evidences.answered(session, beside, new.findings)
    on = await ground(session, new.vote)
    check_recommends(on.role)
    if on.paper is not None:
        check_dealt_with(PaperState(on.paper.state))
    await _check_addressee(session, new.addressed_to)
    row = await RECOMMENDATIONS.add(
        session,
        new,
        key=new.key or opaque("r"),
        **on.columns,
        **on.on_paper,
        findings=findings,
        visibility=on.visibility(new.visibility),
    )
    with aside(session):
        await evidences.keep(session, checked, recommendation=row.key)
        await held(session, on)
    return await queries.alone(session, row)


async def change(
    session: AsyncSession, key: str, patch: Patch[DecisionTexts], expected: int
) -> Recommendation:
    """Change what may still be said of it."""
    row = await RECOMMENDATIONS.locked(session, key, expected)
    new = patch.onto(row)
    check_language(row.text["de"], new.text["de"])
    row = await RECOMMENDATIONS.store(session, row, new)
    return await queries.alone(session, row)


async def _check_addressee(session: AsyncSession, key: str | None) -> None:
    if key is None:
        return
    try:
        body = await BODIES.one(session, key)
    except NotFound as missing:
        raise Invalid(missing.detail, pointer="/addressed_to", code="unknown") from None
    rules.check_addressee(body.mandates)
