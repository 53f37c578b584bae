"""The end of participants over HTTP."""

from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Writing
from services.projects.participant_erasures import commands

participant_erasures = router("Participants")
ERASE = requires("projects.participants:erase")


@participant_erasures.post("/participants/{key}/erasure", status_code=204, dependencies=[ERASE])
async def erase_participant(session: Writing, key: str) -> None:
    """Erase a participant.

    At once and for good (Löschung, Art. 17 GDPR): who it was, special categories and everything
    else. What they counted as stays in the counts of the project. By itself it happens in the night
    of the erase date.
    """
    await commands.erase(session, key)
