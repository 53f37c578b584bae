"""The feedback report over HTTP."""

from fastapi import Response

from services.boards.feedback import commands, queries, rules
from services.contracts.boards.feedback import FeedbackReport, NewFeedbackReport
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading, Writing
from services.kit.days import today
from services.kit.languages import InLanguage
from services.kit.printing import forms

feedback = router("Participation")


@feedback.get(
    "/participation-processes/{key}/report",
    response_model=FeedbackReport,
    dependencies=[requires("boards.participation:read")],
)
async def read_feedback_report(session: Reading, key: str) -> FeedbackReport:
    """Read the feedback report of a process.

    How many contributions there were, by category, area, target group and answer, and what became
    of them (Rückmeldebericht). Groups below the smallest group of the process are hidden, and with
    them so many others that nobody can work them out. Before it is published it is a preview for
    the administration (404 for others).
    """
    return await queries.report(session, key)


@feedback.get(
    "/participation-processes/{key}/report/document",
    response_class=Response,
    responses=forms.RESPONSES,
    dependencies=[requires("boards.participation:read")],
)
async def read_feedback_report_document(
    session: Reading,
    key: str,
    lang: InLanguage,
    form: forms.InForm,
) -> Response:
    """Read the feedback report as HTML or PDF.

    To hand out to those who took part; a protected number is an asterisk. The PDF is accessible
    (PDF/UA). Before it is published it is a preview for the administration (404 for others).
    """
    report = await queries.report(session, key)
    document = rules.printed(report, lang, today())
    return await forms.sent(document, form, f"{report.process}-report")


@feedback.post(
    "/participation-processes/{key}/report",
    status_code=201,
    response_model=FeedbackReport,
    dependencies=[requires("boards.participation:write")],
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
