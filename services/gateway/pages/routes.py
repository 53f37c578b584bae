"""The gateway's own pages over HTTP."""

from html import escape
from pathlib import Path
from typing import Annotated

import fastapi_standalone_docs
from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles

from services.contracts.shared.problems import ProblemType
from services.gateway.pages import start, wellknown
from services.gateway.pages.documents import Documents
from services.gateway.pages.html import REDOC, SWAGGER, code, page
from services.kit import failures
from services.kit.problems import NotFound

_ASSETS = Path(fastapi_standalone_docs.__file__).parent / "static"
_PUBLIC = {"Cache-Control": "public, max-age=0, must-revalidate"}
_TOWNS = "SELECT key, name::text, state::text FROM municipality ORDER BY key LIMIT 200"

pages = APIRouter(include_in_schema=False)
for _name, _folder in (
    ("swagger", _ASSETS / "swagger"),
    ("redoc", _ASSETS / "redoc"),
    ("planraum", Path(__file__).parent / "static"),
):
    pages.mount(f"/assets/{_name}", StaticFiles(directory=_folder))


def base_of(request: Request) -> str:
    """The address under which the caller reaches us."""
    headers = request.headers
    return f"{headers['x-forwarded-proto']}://{headers['x-forwarded-host']}"


def _documents(request: Request) -> Documents:
    documents: Documents = request.app.state.documents
    return documents


@pages.get("/")
async def show_start(
    request: Request, lang: Annotated[str | None, Query(max_length=10)] = None
) -> HTMLResponse:
    language = start.language_of(lang, request.headers.get("accept-language", ""))
    try:
        rows = await request.app.state.database.pool.fetch(_TOWNS, timeout=5)
    except failures.DATABASE:
        rows = []
    towns = [start.Town.of(*row) for row in rows]
    headers = {**_PUBLIC, "Vary": "Accept-Language", "Content-Language": language}
    headers["Link"] = '</.well-known/api-catalog>; rel="api-catalog"'
    return HTMLResponse(start.start(language, base_of(request), towns), headers=headers)


@pages.get("/openapi.json")
async def show_document(request: Request) -> Response:
    content, etag = await _documents(request).union()
    return Response(content, headers={**_PUBLIC, "ETag": etag}, media_type="application/json")


@pages.get("/docs")
async def show_docs() -> HTMLResponse:
    return HTMLResponse(SWAGGER, headers=_PUBLIC)


@pages.get("/redoc")
async def show_redoc() -> HTMLResponse:
    return HTMLResponse(REDOC, headers=_PUBLIC)


@pages.get("/redoc/logo-mini.svg")
async def show_redoc_logo() -> FileResponse:
    return FileResponse(_ASSETS / "redoc" / "logo-mini.svg", media_type="image/svg+xml")


@pages.get("/problems")
async def show_problems(request: Request) -> Response:
    problems = await _documents(request).problems()
    if not _wants_page(request):
        listed = [problem.model_dump() for problem in problems]
        return JSONResponse(listed, headers={**_PUBLIC, "Vary": "Accept"})
    rows = "".join(
        f'<tr><td>{problem.status}</td><td><a href="/problems/{problem.slug}">'
        f"{escape(problem.title)}</a></td><td>{code(problem.explanation)}</td></tr>"
        for problem in problems
    )
    body = (
        "<h1>Refusals</h1><p class='lead'>Every refusal is a problem detail (RFC 9457). Its "
        "<code>type</code> is one of these addresses and does not change.</p><table><thead><tr>"
        f"<th>Status</th><th>What</th><th>What to do</th></tr></thead><tbody>{rows}</tbody></table>"
    )
    return HTMLResponse(
        page("Refusals - Planraum", "en", body), headers={**_PUBLIC, "Vary": "Accept"}
    )


@pages.get("/problems/{slug}")
async def show_problem(request: Request, slug: str) -> Response:
    known: dict[str, ProblemType] = {p.slug: p for p in await _documents(request).problems()}
    problem = known.get(slug)
    if problem is None:
        raise NotFound("There is no such kind of problem; /problems lists all of them.")
    headers = {**_PUBLIC, "Vary": "Accept"}
    if not _wants_page(request):
        return JSONResponse(problem.model_dump(), headers=headers)
    body = (
        f"<h1>{escape(problem.title)}</h1><p class='lead'>{code(problem.explanation)}</p>"
        f"<p class='soft'>Status {problem.status}, type <code>/problems/{slug}</code></p>"
        '<p><a href="/problems">All refusals</a></p>'
    )
    return HTMLResponse(page(f"{problem.title} - Planraum", "en", body), headers=headers)


def _wants_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "")


@pages.get("/.well-known/api-catalog")
async def show_catalog(request: Request) -> JSONResponse:
    headers = {**_PUBLIC, "Link": '</.well-known/api-catalog>; rel="api-catalog"'}
    catalog = wellknown.api_catalog(base_of(request))
    return JSONResponse(catalog, headers=headers, media_type=wellknown.LINKSET)


@pages.get("/.well-known/security.txt")
async def show_security_contact(request: Request) -> PlainTextResponse:
    return PlainTextResponse(
        wellknown.security_txt(request.app.state.settings, base_of(request)), headers=_PUBLIC
    )


@pages.get("/.well-known/oauth-protected-resource")
async def show_how_to_sign_in(request: Request) -> JSONResponse:
    described = wellknown.protected_resource(request.app.state.settings, base_of(request))
    return JSONResponse(described, headers=_PUBLIC)


@pages.get("/robots.txt")
async def show_robots() -> PlainTextResponse:
    return PlainTextResponse(wellknown.ROBOTS, headers=_PUBLIC)
