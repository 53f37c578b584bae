"""What a body does under its powers."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.acts import rules
from services.boards.acts.queries import ACTS
from services.boards.acts.tables import ActRow
from services.boards.grounds.commands import held
from services.boards.grounds.queries import ground
from services.boards.neighbours import Neighbours, Thing, ask
from services.boards.powers.queries import POWERS
from services.boards.powers.rules import check as check_mandate
from services.boards.recommendations.queries import RECOMMENDATIONS
from services.contracts.boards.acts import ActSubject, ActTexts, NewAct
from services.contracts.boards.bodies import BodyKind
from services.contracts.boards.powers import PowerKind
from services.kit.keys import opaque
from services.kit.patches import Patch
from services.kit.problems import Invalid, NotFound
from services.kit.resources import aside, seen_keys


async def act(session: AsyncSession, beside: Neighbours, new: NewAct) -> ActRow:
    """Enter what a body did under a power."""
    try:
        power = await POWERS.one(session, new.power, lock=True)
    except NotFound as missing:
        raise Invalid(missing.detail, pointer="/power", code="unknown") from None
    kind = PowerKind(power.kind)
    rules.check_subject(kind, new.subject)
    if not await _is_there(session, beside, new):
        detail = f"There is no {new.subject_key!r} among the {new.subject}."
        raise Invalid(detail, pointer="/subject_key", code="unknown")
    on = await ground(session, new.vote)
    rules.check_holder(power.body, on.body.key)
    rules.check_held(power.starts_on, power.ends_on, on.decided_on)
    check_mandate(kind, BodyKind(on.body.kind), on.mandates)
    row = await ACTS.add(
        session,
        new,
        key=new.key or opaque("act"),
        kind=kind,
        **on.columns,
        visibility=on.visibility(new.visibility),
    )
    with aside(session):
        await held(session, on)
    return row


async def change(session: AsyncSession, key: str, patch: Patch[ActTexts], expected: int) -> ActRow:
    """Change what may still be said of it."""
    row = await ACTS.locked(session, key, expected)
    return await ACTS.store(session, row, patch.onto(row))


async def _is_there(session: AsyncSession, beside: Neighbours, new: NewAct) -> bool:
    if new.subject == ActSubject.recommendations:
        seen = await seen_keys(session, (RECOMMENDATIONS, [new.subject_key]))
        return new.subject_key in seen[RECOMMENDATIONS.collection]
    peer = beside.indicators if new.subject in rules.OF_INDICATORS else beside.projects
    address = f"{rules.ADDRESSES[new.subject]}/{new.subject_key}"
    return await ask(session, peer, Thing, address) is not None
