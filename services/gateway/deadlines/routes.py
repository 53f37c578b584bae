"""What is due in all services over HTTP."""

from datetime import date
from typing import Annotated

from fastapi import Depends, Query, Request, Response

from services.contracts.gateway.deadlines import Deadlines, DeadlineState
from services.contracts.shared.deadlines import DeadlineKind, Source
from services.gateway.deadlines import queries, rules, words
from services.gateway.deadlines.rules import Question
from services.gateway.peers import Behind
from services.kit import calendar_answers
from services.kit.access import Acting, requires
from services.kit.app import router
from services.kit.days import today
from services.kit.languages import InLanguage
from services.kit.paging import PageOf, linked

deadlines = router("Deadlines")
READ = requires("gateway.deadlines:read")
NOT_SHARED = {"Cache-Control": "private, no-cache"}
"""It depends on what every service has and on the day, so no cache may keep it for others."""


async def _question(
    actor: Acting,
    first: Annotated[
        date | None,
        Query(
            alias="from",
            description="From this day on; without it from today on, and whatever is overdue.",
        ),
    ] = None,
    last: Annotated[
        date | None, Query(alias="to", description="Up to this day; a year when left out.")
    ] = None,
    responsible: Annotated[
        str | None,
        Query(
            max_length=2000,
            description="Who has to act, separated by commas: `me`, `body:key`, "
            "`organisation:key`, `account:identifier`.",
        ),
    ] = None,
    kind: Annotated[
        str | None,
        Query(
            max_length=500,
            description="Of these kinds only, separated by commas: "
            + ", ".join(f"`{one}`" for one in DeadlineKind)
            + ".",
        ),
    ] = None,
    service: Annotated[
        str | None,
        Query(
            max_length=100,
            description="Of these services only: `indicators`, `boards`, `projects`.",
        ),
    ] = None,
    state: Annotated[DeadlineState | None, Query(description="In this state only.")] = None,
    soon: Annotated[
        int, Query(ge=0, le=366, description="Due within so many days is due soon.")
    ] = 14,
) -> Question:
    kinds = rules.chosen(kind, set(DeadlineKind), "kind") or DeadlineKind
    sources = rules.chosen(service, set(Source), "service") or Source
    return Question(
        today=today(),
        soon=soon,
        first=first,
        last=last,
        state=state,
        kinds=frozenset(map(DeadlineKind, kinds)),
        sources=frozenset(map(Source, sources)),
        responsible=rules.parties(responsible, actor),
    )


Asked = Annotated[Question, Depends(_question)]


@deadlines.get("/deadlines", response_model=Deadlines, dependencies=[READ])
async def list_deadlines(
    response: Response, peers: Behind, actor: Acting, paging: PageOf, question: Asked
) -> Deadlines:
    """List what is due.

    Meetings, last days for invitations, tasks from resolutions, answers owed to contributors, terms
    that end, nominations, steps of participation; obligations of grants, tasks of the planning
    coordination, targets, ends of grants, positions and measures, reviews of plans; deliveries of
    figures (Fristenkalender). By day, as far as you may see it. What is overdue comes first. A
    service that does not answer is named in `away`.
    """
    place = paging.place(date, str)
    asked = rules.at(question, place, paging.limit)
    found, away = await queries.due(peers, actor, asked)
    items, more = rules.merged(found.values(), paging.limit)
    assert actor.municipality is not None
    town = actor.municipality.key
    following = paging.address(list(rules.position(items[-1]))) if more and items else None
    response.headers.update({**NOT_SHARED, "Link": linked(paging, following)})
    shown = [rules.told(due, town, question.today, question.soon) for due in items]
    return Deadlines(items=shown, next=following, away=rules.sorted_sources(away))


@deadlines.get(
    "/deadlines.ics",
    response_class=Response,
    responses=calendar_answers.RESPONSES,
    dependencies=[READ],
)
async def download_deadlines(
    request: Request, peers: Behind, actor: Acting, question: Asked, lang: InLanguage
) -> Response:
    """Download what is due as a calendar.

    iCalendar (RFC 5545) of the same list, whole days but for meetings; each entry keeps its UID, so
    that it can be imported again. Refused (503) while a service is away: what it has would be
    missing.
    """
    found = await queries.whole(peers, actor, question)
    assert actor.municipality is not None
    base = request.app.state.settings.public_address
    content = words.calendar(found, question, actor.municipality.key, base, lang)
    disposition = 'attachment; filename="deadlines.ics"'
    headers = {**NOT_SHARED, "Content-Disposition": disposition}
    return calendar_answers.answered(content, lang, headers)
