"""Recommendations over HTTP."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Query

from services.boards.neighbours import Beside
from services.boards.recommendations import commands, queries
from services.boards.recommendations.queries import RECOMMENDATIONS
from services.contracts.boards.recommendations import (
    DecisionTexts,
    NewRecommendation,
    Recommendation,
    RecommendationState,
)
from services.contracts.shared.base import Key, Page, Revision
from services.kit.access import requires
from services.kit.app import router
from services.kit.conditional import Expected
from services.kit.database import Reading, Writing
from services.kit.paging import PageOf
from services.kit.patches import Patch

recommendations = router("Resolutions")
READ, WRITE = requires("boards.resolutions:read"), requires("boards.resolutions:write")
HISTORY = requires("boards.resolutions:history")


@recommendations.get("/recommendations", response_model=Page[Recommendation], dependencies=[READ])
async def list_recommendations(
    session: Reading,
    paging: PageOf,
    body: Annotated[Key | None, Query(description="Of this body only.")] = None,
    addressed_to: Annotated[Key | None, Query(description="To this body only.")] = None,
    paper: Annotated[Key | None, Query(description="Given on this paper only.")] = None,
    state: Annotated[
        RecommendationState | None, Query(description="That came to this only.")
    ] = None,
    finding: Annotated[Key | None, Query(description="Answering this finding only.")] = None,
) -> Mapping[str, Any]:
    """List recommendations.

    What bodies advise (Empfehlungen) and what became of it, the latest first.
    """
    return await queries.page(session, paging, body, addressed_to, paper, state, finding)


@recommendations.post(
    "/recommendations", status_code=201, response_model=Recommendation, dependencies=[WRITE]
)
async def create_recommendation(
    session: Writing, beside: Beside, new: NewRecommendation
) -> Recommendation:
    """Enter a recommendation.

    It rests on a vote: body, meeting, item, paper and day are those of the vote. Refused: a vote
    that is not closed and adopted (409), one that carries a recommendation already (409), one by
    which the body was to decide (409); evidence that is not published as it says, findings that
    are not there (422, with a pointer each; 503 while the indicators service is away).
    """
    return await commands.give(session, beside, new)


@recommendations.get("/recommendations/{key}", response_model=Recommendation, dependencies=[READ])
async def read_recommendation(session: Reading, key: str) -> Recommendation:
    """Read a recommendation.

    By its key or its UUID, with its evidence and what became of it.
    """
    return await queries.one(session, key)


@recommendations.patch(
    "/recommendations/{key}", response_model=Recommendation, dependencies=[WRITE]
)
async def change_recommendation(
    session: Writing, key: str, patch: Patch[DecisionTexts], expected: Expected
) -> Recommendation:
    """Change the words of a recommendation.

    Title, translations and who may see it, with the ETag that you have read as If-Match. The
    German text is what was voted on and stays.
    """
    return await commands.change(session, key, patch, expected)


@recommendations.get(
    "/recommendations/{key}/history", response_model=list[Revision], dependencies=[HISTORY]
)
async def read_recommendation_history(session: Reading, key: str) -> list[Revision]:
    """Read the history of a recommendation.

    Every state it had, newest first, with the identifier of who made the change.
    """
    return await RECOMMENDATIONS.history(session, key)
