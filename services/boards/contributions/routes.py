"""Contributions over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query, Response

from services.boards.contributions import commands, queries
from services.boards.contributions.queries import CONTRIBUTIONS
from services.contracts.boards.contributions import (
    Contribution,
    ContributionReceipt,
    ContributionState,
    NewContribution,
    OwnContribution,
    OwnToken,
)
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf

contributions = router("Participation")
READ, SUBMIT = requires("boards.contributions:read"), requires("boards.contributions:submit")
HISTORY = requires("boards.contributions:history")
NOT_KEPT = {"Cache-Control": "no-store"}


@contributions.get("/contributions", response_model=Page[Contribution], dependencies=[READ])
async def list_contributions(
    session: Reading,
    paging: PageOf,
    process: Annotated[Key | None, Query(description="To this process only.")] = None,
    state: Annotated[ContributionState | None, Query(description="In this state only.")] = None,
    category: Annotated[Key | None, Query(description="In this category only.")] = None,
    area: Annotated[
        Key | None, Query(description="About this area; for the administration.")
    ] = None,
    target_group: Annotated[
        Key | None, Query(description="Of this target group; for the administration.")
    ] = None,
    answered: Annotated[bool | None, Query(description="With an answer, or without.")] = None,
    overdue: Annotated[
        bool | None, Query(description="Without an answer though it is due, or all others.")
    ] = None,
    recommendation: Annotated[
        Key | None, Query(description="That went into this recommendation.")
    ] = None,
    resolution: Annotated[
        Key | None,
        Query(description="That went into a recommendation which this resolution answers."),
    ] = None,
) -> Mapping[str, Any]:
    """List contributions.

    What people have said (Beiträge), in the order of their keys. The public sees published ones,
    without area and target group, and may not look for those (403). What became of them goes on
    with `GET /resolutions?recommendation=`.
    """
    equal = {
        "process": process,
        "state": state,
        "category": category,
        "area": area,
        "target_group": target_group,
    }
    return await queries.page(session, paging, equal, answered, overdue, recommendation, resolution)


@contributions.post(
    "/contributions", status_code=201, response_model=ContributionReceipt, dependencies=[SUBMIT]
)
async def hand_in_contribution(
    session: Writing, response: Response, new: NewContribution
) -> ContributionReceipt:
    """Hand in a contribution.

    Everybody may, while the process is in its submission step (409 else); where it is not
    `anonymous`, only who has signed in (401). No account and no address is kept. The answer shows
    a token this once: with it the contributor reads the answer and takes the contribution back. It
    is published only after moderation.
    """
    receipt = await commands.hand_in(session, new)
    response.headers.update(NOT_KEPT)
    return receipt


@contributions.post("/contributions/mine", response_model=OwnContribution, dependencies=[SUBMIT])
async def read_own_contribution(
    session: Reading, response: Response, own: OwnToken
) -> Mapping[str, Any]:
    """Read your own contribution.

    With the token from the receipt; it travels in the body, so that no log and no browser history
    has it. 404 for an unknown token, and once the contribution was taken back or erased.
    """
    response.headers.update(NOT_KEPT)
    return await queries.own(session, own.token)


@contributions.post(
    "/contributions/withdrawal", response_model=OwnContribution, dependencies=[SUBMIT]
)
async def withdraw_contribution(
    session: Writing, response: Response, own: OwnToken
) -> Mapping[str, Any]:
    """Take your own contribution back.

    With the token from the receipt (Widerruf der Einwilligung). Its words go at once, here and in
    its history; it is shown and counted no longer, and the token ends.
    """
    withdrawn = await commands.withdraw(session, own.token)
    response.headers.update(NOT_KEPT)
    return withdrawn


@contributions.get("/contributions/{key}", response_model=Contribution, dependencies=[READ])
async def read_contribution(session: Reading, key: str) -> Contribution:
    """Read a contribution.

    By its key or its UUID.
    """
    return await queries.alone(session, await CONTRIBUTIONS.one(session, key))


@contributions.get(
    "/contributions/{key}/history", response_model=list[Revision], dependencies=[HISTORY]
)
async def read_contribution_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a contribution.

    Every state it had, newest first, without the words that were erased.
    """
    return await CONTRIBUTIONS.history(session, key)
