"""Moderation and answers over HTTP."""

from services.boards.answers import commands
from services.contracts.boards.contributions import Contribution, Moderation, NewAnswer
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Writing

answers = router("Participation")
WRITE = requires("boards.contributions:write")


@answers.post("/contributions/{key}/moderation", response_model=Contribution, dependencies=[WRITE])
async def moderate_contribution(session: Writing, key: str, new: Moderation) -> Contribution:
    """Publish or hide a contribution.

    Nothing is public before (Moderation). To hide needs a reason, which the contributor reads;
    `published_text` is shown instead of the text, so that names need not be. Refused (409) once
    the contribution was taken back or erased.
    """
    return await commands.moderate(session, key, new)


@answers.post("/contributions/{key}/answer", response_model=Contribution, dependencies=[WRITE])
async def answer_contribution(session: Writing, key: str, new: NewAnswer) -> Contribution:
    """Answer a contribution.

    Each gets one, accepted, in part or rejected, with the reason (Antwortpflicht, Abwägung), and
    the recommendations it went into, from which its way leads to resolutions. A second answer
    replaces the first; the history keeps both. `GET /contributions?overdue=true` lists those that
    wait too long.
    """
    return await commands.answer(session, key, new)


@answers.post("/contributions/{key}/erasure", response_model=Contribution, dependencies=[WRITE])
async def erase_contribution(session: Writing, key: str) -> Contribution:
    """Erase a contribution.

    For somebody who asks for it and has lost the token, or whose words came from another platform
    (Löschung, Art. 17 GDPR): as if it had been taken back, here and in its history. A second time
    is refused (409).
    """
    return await commands.remove(session, key)
