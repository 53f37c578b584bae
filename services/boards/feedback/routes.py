"""The feedback report over HTTP."""

from services.boards.feedback import commands, queries
from services.contracts.boards.feedback import FeedbackReport, NewFeedbackReport
from services.kit.access import Allowed
from services.kit.app import router
from services.kit.database import Reading, Writing

feedback = router("Participation")


@feedback.get(
    "/participation-processes/{key}/report",
    response_model=FeedbackReport,
    dependencies=[Allowed("boards.participation:read")],
)
async def read_feedback_report(session: Reading, key: str) -> FeedbackReport:
    """Read the feedback report of a process.

    How many contributions there were, by category, area, target group and answer, and what became
    of them (Rückmeldebericht). Groups below the smallest group of the process are hidden, and with
    them so many others that nobody can work them out. Before it is published it is a preview for
    the administration (404 for others).
    """
    return await queries.report(session, key)


@feedback.post(
    "/participation-processes/{key}/report",
    status_code=201,
    response_model=FeedbackReport,
    dependencies=[Allowed("boards.participation:write")],
)
async def publish_feedback_report(
    session: Writing, key: str, new: NewFeedbackReport
) -> FeedbackReport:
    """Publish the feedback report of a process.

    Once, after the last day to hand in, with a summary of what became of the contributions. Its
    counts stay as they are now: a second report would tell by the difference who was added or
    taken back (409).
    """
    return await commands.publish(session, key, new)
