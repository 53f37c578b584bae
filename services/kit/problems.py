"""Refusals have names. Raise one where the rule is; the answer is RFC 9457.

Problem
  BadRequest 400        Unauthorised 401      Forbidden 403      NotFound 404
  MethodNotAllowed 405  NotAcceptable 406     Conflict 409       Gone 410
  Stale 412             TooLarge 413          UnsupportedMedia 415
  OutOfRange 416        Invalid 422           RevisionRequired 428
  TooMany 429
  Unexpected 500        Unavailable 503       UpstreamTimeout 504
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from uuid import uuid4

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import Route

from services.contracts.shared.problems import Fault, ProblemDetails, ProblemType
from services.kit.faults import faults_of

log = structlog.get_logger()
MEDIA_TYPE = "application/problem+json"
_ONLY_READ = ("GET", "HEAD", "OPTIONS")
OPARL = "/oparl/"
"""The address space of another standard, which has an error object of its own (OParl 1.1, 2.9)."""
OPARL_ERROR = "https://schema.oparl.org/1.1/Error"


class Problem(Exception):
    """An expected refusal. Subclasses say status, title and what a reader can do about it."""

    status: ClassVar[int] = 500
    title: ClassVar[str] = "Unexpected error"
    explanation: ClassVar[str] = "Something went wrong on our side."
    known: ClassVar[dict[str, type["Problem"]]] = {}

    def __init_subclass__(cls) -> None:
        cls.known[cls.slug()] = cls

    def __init__(
        self,
        detail: str,
        *,
        pointer: str | None = None,
        parameter: str | None = None,
        faults: Sequence[Fault] = (),
        headers: Mapping[str, str] | None = None,
        code: str | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.headers = dict(headers or {})
        self.faults = list(faults)
        if pointer is not None or parameter is not None:
            code = code or self.slug()
            self.faults.append(
                Fault(pointer=pointer, parameter=parameter, code=code, detail=detail)
            )

    @classmethod
    def slug(cls) -> str:
        """`QuorumMissing` -> `quorum-missing`, the last part of `type`."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", cls.__name__).lower()

    @classmethod
    def described(cls) -> ProblemType:
        return ProblemType(
            slug=cls.slug(), status=cls.status, title=cls.title, explanation=cls.explanation
        )


class BadRequest(Problem):
    status, title = 400, "The request cannot be understood"
    explanation = "The body or an address part is not well-formed. Compare it with the example."


class Unauthorised(Problem):
    status, title = 401, "Who are you?"
    explanation = "Send a valid access token or API key as `Authorization: Bearer ...`."


class Forbidden(Problem):
    status, title = 403, "Your role does not allow this"
    explanation = "Ask the administrator of your municipality which role carries the permission."


class NotFound(Problem):
    status, title = 404, "There is nothing here"
    explanation = "The address is wrong, or what is there is not for you to see."


class MethodNotAllowed(Problem):
    status, title = 405, "This address does not take this method"
    explanation = "The `Allow` header names the methods that it takes."


class NotAcceptable(Problem):
    status, title = 406, "This cannot be had in that form"
    explanation = "Send an `Accept` that names a form which the operation documents."


class Conflict(Problem):
    status, title = 409, "This contradicts what is stored"
    explanation = "Something with this key exists, or the present state does not allow the step."


class Gone(Problem):
    status, title = 410, "This was withdrawn"
    explanation = "It was here and is not any more. What is known of it says since when and why."


class Stale(Problem):
    status, title = 412, "Somebody else was faster"
    explanation = (
        "Read the resource again, look at what changed, and send the new ETag as If-Match."
    )


class TooLarge(Problem):
    status, title = 413, "The body is too large"
    explanation = "Send less at once."


class UnsupportedMedia(Problem):
    status, title = 415, "This kind of content is not taken here"
    explanation = "Send the content type that the operation documents."


class OutOfRange(Problem):
    status, title = 416, "There are no such bytes"
    explanation = "`Content-Range` says how many there are."


class Invalid(Problem):
    status, title = 422, "The input is not valid"
    explanation = "`errors` names each field with a JSON pointer. Nothing was stored."


class RevisionRequired(Problem):
    status, title = 428, "Say which state you are changing"
    explanation = "Send the ETag of the state you have read as `If-Match`."


class TooMany(Problem):
    status, title = 429, "Too many requests"
    explanation = "Wait as long as `Retry-After` says."


class Unexpected(Problem):
    status, title = 500, "Unexpected error"
    explanation = "Something went wrong on our side. Quote `instance` to us."


class Unavailable(Problem):
    status, title = 503, "This part is not available just now"
    explanation = "The rest goes on working. Try again after `Retry-After` seconds."


class UpstreamTimeout(Problem):
    status, title = 504, "A service took too long"
    explanation = "Nothing is known of the outcome; repeat a POST with the same Idempotency-Key."


_BY_STATUS = {kind.status: kind for kind in Problem.known.values()}


def is_oparl(path: str) -> bool:
    """Does the address belong to OParl?"""
    return path.startswith(OPARL) or path == OPARL[:-1]


def answer(problem: Problem, instance: str, path: str = "") -> JSONResponse:
    """The problem as an HTTP answer, in the words of the standard that owns the address."""
    headers = {"Cache-Control": "no-store", **problem.headers}
    if is_oparl(path):
        said = [
            problem.detail,
            *(f"{f.parameter or f.pointer}: {f.detail}" for f in problem.faults),
        ]
        error = {"type": OPARL_ERROR, "message": " ".join(said), "debug": instance}
        return JSONResponse(error, problem.status, headers)
    body = ProblemDetails(
        type=f"/problems/{problem.slug()}",
        title=problem.title,
        status=problem.status,
        detail=problem.detail,
        instance=instance,
        errors=problem.faults,
    )
    content = body.model_dump(mode="json")
    content["errors"] = [{k: v for k, v in e.items() if v is not None} for e in content["errors"]]
    return JSONResponse(content, problem.status, headers, media_type=MEDIA_TYPE)


def of_validation(error: RequestValidationError, method: str) -> Problem:
    """What was wrong with a request; that nothing was stored is said where something might be."""
    errors = error.errors()
    if isinstance(error.body, bytes) and any(tuple(e["loc"]) == ("body",) for e in errors):
        return UnsupportedMedia("Send the body as application/json.")
    faults = faults_of(errors, sent=error.body)
    if any(fault.code == "json_invalid" for fault in faults):
        return BadRequest("The body is not valid JSON.", faults=faults)
    count = len(errors)
    stored = "" if method in _ONLY_READ else "; nothing was stored"
    return Invalid(
        f"{count} {'value was' if count == 1 else 'values were'} refused{stored}.", faults=faults
    )


def of_http(error: HTTPException) -> Problem:
    kind = _BY_STATUS.get(error.status_code, BadRequest if error.status_code < 500 else Unexpected)
    return kind(kind.explanation, headers=error.headers)


def instance_of(request: Request) -> str:
    """The request's own identifier, as `urn:uuid:`."""
    return f"urn:uuid:{request.scope.get('planraum.request_id') or uuid4()}"


def speak_problems(app: FastAPI) -> None:
    """Answer every refusal and failure of `app` as a problem; an exception text never leaves."""

    async def refuse(request: Request, error: Exception) -> JSONResponse:
        if isinstance(error, Problem):
            problem: Problem = error
        elif isinstance(error, RequestValidationError):
            problem = of_validation(error, request.method)
        elif isinstance(error, HTTPException):
            problem = of_http(error)
            if isinstance(problem, MethodNotAllowed):
                problem.headers["Allow"] = _methods(app, request.url.path)
        elif isinstance(error, ClientDisconnect):
            problem = BadRequest("The body ended early.")
        else:
            log.error("unexpected", exc_info=error)
            stored = "" if request.method in _ONLY_READ else "Nothing was stored. "
            problem = Unexpected(f"{stored}{Unexpected.explanation}")
        return answer(problem, instance_of(request), request.url.path)

    for kind in (Problem, RequestValidationError, HTTPException, Exception):
        app.add_exception_handler(kind, refuse)


def _methods(app: FastAPI, path: str) -> str:
    """Every method that some route takes at this address."""
    methods: set[str] = set()
    for route in app.routes:
        if isinstance(route, Route) and route.path_regex.match(path):
            methods |= route.methods or set()
    return ", ".join(sorted(methods))


def refusals(*kinds: type[Problem]) -> dict[int | str, dict[str, Any]]:
    """What an operation may refuse, for its OpenAPI `responses`."""
    grouped: dict[int, list[str]] = {}
    for kind in kinds:
        grouped.setdefault(kind.status, []).append(kind.title)
    return {
        status: {
            "description": " / ".join(titles),
            "model": ProblemDetails,
            "content": {MEDIA_TYPE: {}},
        }
        for status, titles in grouped.items()
    }
