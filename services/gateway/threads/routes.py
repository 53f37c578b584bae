"""Threads over HTTP."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import Query, Response

from services.contracts.shared.base import GermanOrEnglish, Key
from services.contracts.shared.thread_walks import GapQuestion
from services.contracts.shared.threads import AskedRef, GapPage, NodeRef, Thread, ThreadGapKind
from services.gateway.peers import Behind
from services.gateway.threads import picture, prose, rules
from services.kit.access import Acting, requires
from services.kit.app import router
from services.kit.days import today
from services.kit.languages import InGermanOrEnglish, told_in
from services.kit.negotiation import Accept
from services.kit.paging import PageOf
from services.kit.problems import NotFound
from services.kit.threads import composing
from services.kit.threads.walk import among, lacking, walk

threads = router("Threads")
READ = requires("gateway.threads:read")
_OWN = {"Cache-Control": "private, no-cache"}
"""Not kept by the gateway: it changes with what any of the services journals."""

_FORMS: dict[int | str, dict[str, Any]] = {
    200: {
        "model": Thread,
        "content": {
            "text/plain": {"schema": {"type": "string"}, "example": "Roter Faden - Empfehlung"},
            "image/svg+xml": {"schema": {"type": "string"}, "example": "<svg></svg>"},
        },
    }
}


@threads.get("/thread", response_model=Thread, dependencies=[READ], responses=_FORMS)
async def read_thread(
    actor: Acting,
    peers: Behind,
    lang: InGermanOrEnglish,
    of: Annotated[
        AskedRef,
        Query(
            description="Type and key of anything in it; a series of figures is "
            "`observation:{indicator}/{area}`, the figure of one period "
            "`observation:{indicator}/{area}@{period}`, a chapter of a report "
            "`chapter:{report}/{edition}/{chapter}`.",
            examples=["recommendation:familienzentren-2026"],
        ),
    ],
    format: Annotated[
        Literal["json", "text", "svg"] | None, Query(description="Or by the header `Accept`.")
    ] = None,
    skip: Annotated[
        int,
        Query(
            ge=0,
            le=100_000,
            description="So many of each type to which it leads were told before: `next` in "
            "`left_out`.",
        ),
    ] = 0,
    accept: Accept = "",
) -> Response:
    """Read the thread of something.

    Where it comes from and what became of it (roter Faden): from figures over findings,
    recommendations and resolutions to measures, their money and what came of it, on the same
    figures. What is not for you to see is counted in `hidden`, and nothing behind it is told. A
    thread begins and ends at figures; what is missing is named in `gaps`. Of each type at most
    twelve are told that one node leads to, and 250 nodes in all: how many more there are, and
    where, stands in `left_out`. As JSON, as a text that can be read aloud, or drawn from left to
    right as SVG. Refused (404) is what is not there or not for you to see.
    """
    if actor.municipality is None:
        raise NotFound("There is nothing here for you.")
    ground = await walk(NodeRef.read(of), among(peers, actor), skip)
    thread = composing.thread(ground, today(), actor.municipality.key)
    return _answered(thread, rules.form(format, accept), lang)


def _answered(thread: Thread, form: rules.Form, lang: GermanOrEnglish) -> Response:
    headers = {**_OWN, "Vary": "Accept"}
    if form != "json":  # that speaks all languages at once
        headers |= told_in(lang, "Accept")
    if form == "text":
        return Response(prose.text(thread, lang), media_type=rules.MEDIA[form], headers=headers)
    if form == "svg":  # opened by itself it is a document
        headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
        return Response(picture.svg(thread, lang), media_type=rules.MEDIA[form], headers=headers)
    content = thread.model_dump_json(by_alias=True)
    return Response(content, media_type=rules.MEDIA[form], headers=headers)


@threads.get("/gaps", response_model=GapPage, dependencies=[READ])
async def list_gaps(
    response: Response,
    actor: Acting,
    peers: Behind,
    paging: PageOf,
    kind: Annotated[ThreadGapKind | None, Query(description="Of one kind only.")] = None,
    responsible: Annotated[
        Key | None, Query(description="Key of the body or organisation that is to act.")
    ] = None,
) -> Mapping[str, Any]:
    """List gaps.

    What is missing in the threads of the municipality (Lücken), the oldest first: findings that
    nobody answered, recommendations without decision, resolutions without measure or task, measures
    without money, money without a known effect after a year, resolutions of bodies without the
    mandate to decide on that day, measures that rest on a resolution that holds no more. With age
    and who is to see to it, of what you may see. What somebody answered whom you may not see is
    answered. `left` says how many come after the page.
    """
    kinds = frozenset(ThreadGapKind if kind is None else (kind,))
    place = paging.place(date, str, str)
    after = None if place is None else (place[0], place[1], place[2])
    response.headers.update(_OWN)
    while True:
        asked = GapQuestion(kinds=kinds, since=None if after is None else after[0])
        found, followed = await lacking(asked, peers, actor)
        every = composing.all_gaps(found.nodes, followed, kinds, today())
        left = rules.left(every, after, responsible)
        if left or found.until is None:
            return rules.page(left, paging, found)
        after = rules.end(found.until)  # all of these are answered, or somebody else is to act
