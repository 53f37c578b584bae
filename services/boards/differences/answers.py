"""A difference as it is asked for: JSON or a page."""

from typing import Annotated, Any, Literal

from fastapi import Depends, Header, Query, Response

from services.boards.differences import rules
from services.contracts.boards.versions import Difference
from services.contracts.shared.base import Language
from services.kit import negotiation
from services.kit.languages import told_in
from services.kit.problems import NotAcceptable

AS_PAGE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/html": {"schema": {"type": "string"}}}}
}
_MEDIA: dict[str, Literal["json", "html"]] = {"application/json": "json", "text/html": "html"}
_ALONE = "default-src 'none'; style-src 'unsafe-inline'"


async def _form(
    response: Response,
    format: Annotated[
        Literal["json", "html"] | None, Query(description="Or by the header `Accept`.")
    ] = None,
    accept: Annotated[str, Header(include_in_schema=False)] = "",
) -> Literal["json", "html"]:
    response.headers["Vary"] = "Accept"  # of JSON, which speaks all languages at once
    if format is not None:
        return format
    taken = negotiation.representation(accept, tuple(_MEDIA))
    if taken is None:
        raise NotAcceptable("It can be had as application/json or text/html.")
    return _MEDIA[taken.media_type]


InForm = Annotated[Literal["json", "html"], Depends(_form)]


def told(difference: Difference, form: str, language: Language) -> Difference | Response:
    """The difference in the form that was asked for."""
    if form == "json":
        return difference
    return alone(rules.page(difference, language), language)


def alone(page: str, language: Language) -> Response:
    """A page that loads nothing and runs nothing."""
    headers = {
        "Content-Security-Policy": _ALONE,
        **told_in(language, "Accept"),
    }
    return Response(page, media_type="text/html; charset=utf-8", headers=headers)
