"""What contributors do: hand in, and take back. Nothing is kept that says who they are."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.answers.queries import link
from services.boards.contributions import queries, rules
from services.boards.contributions.queries import CONTRIBUTIONS
from services.boards.contributions.tables import ContributionRow
from services.boards.files.commands import erase_all
from services.boards.participation import queries as processes
from services.boards.participation.rules import names
from services.boards.participation.tables import ParticipationProcessRow
from services.boards.redaction import redact
from services.contracts.boards.contributions import (
    Channel,
    ContributionReceipt,
    ContributionState,
    NewContribution,
)
from services.contracts.boards.files import SubjectKind
from services.kit.access import CHALLENGE, decide
from services.kit.database import actor_of, enter
from services.kit.days import today
from services.kit.keys import opaque
from services.kit.problems import Forbidden, Invalid, Unauthorised

WRITE = "boards.contributions:write"


async def hand_in(session: AsyncSession, new: NewContribution) -> ContributionReceipt:
    """Hand in a contribution; the receipt holds the token, which is kept nowhere."""
    actor = actor_of(session)
    if new.channel == Channel.online:
        await _forget_who(session)
    elif decide(actor, WRITE, actor.municipality) is not None:
        raise Forbidden("Only the office enters what did not come in online.")
    process = await processes.locked(session, new.process)
    if process is None:
        raise Invalid("There is no such process.", pointer="/process", code="unknown")
    if not process.anonymous and actor.kind == "anonymous":
        raise Unauthorised("This process asks you to sign in.", headers=CHALLENGE)
    check(process, new)
    token, token_digest = rules.new_token()
    row = await CONTRIBUTIONS.add(
        session, new, key=opaque("c"), token_digest=token_digest, **facts(process)
    )
    return ContributionReceipt.model_validate({**row.model_dump(), "token": token})


def check(process: ParticipationProcessRow, new: NewContribution) -> None:
    """Refuse what the process does not take."""
    rules.check_taken(processes.state_of(process, today()), new.channel)
    rules.check_consent(new.consent_version, process.consent_version)
    rules.check_chosen(new, names(process.categories), names(process.target_groups), process.areas)


def facts(process: ParticipationProcessRow) -> Mapping[str, Any]:
    """What a new contribution to the process begins with."""
    received_on = today()
    return {
        "state": ContributionState.received,
        "visibility": rules.visibility(ContributionState.received),
        "received_on": received_on,
        "answer_due_on": received_on + timedelta(days=process.answer_days),
        "delete_on": process.delete_on,
    }


async def withdraw(session: AsyncSession, token: str) -> Mapping[str, Any]:
    """Take back the contribution of the token: its words go, here and in its past."""
    await _forget_who(session)
    row = await queries.by_token(session, token, lock=True)
    await remove(session, row)
    return {**row.model_dump(), "answer": None, "recommendations": []}


async def remove(session: AsyncSession, row: ContributionRow) -> None:
    """Take a contribution out as if its contributor had taken it back."""
    await link(session, row.key, [])
    await _blank(session, row, rules.WITHDRAWN, "withdrawn")


async def erase(session: AsyncSession, row: ContributionRow) -> None:
    """Erase the words of a contribution whose day has come; what it was about stays counted."""
    await _blank(session, row, rules.ERASED, "erased")


async def _blank(
    session: AsyncSession, row: ContributionRow, left: Mapping[str, Any], what: str
) -> None:
    for name, value in left.items():
        setattr(row, name, value)
    row.erased_at = datetime.now(UTC)
    await session.flush()
    await CONTRIBUTIONS.tell(session, row, what)
    await redact(session, row)
    await erase_all(session, SubjectKind.contribution, row.key)


async def _forget_who(session: AsyncSession) -> None:
    """From here on nobody in particular acts: history and journal name no account."""
    await enter(session, actor_of(session).model_copy(update={"subject": "anonymous"}))
