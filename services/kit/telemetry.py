"""Structured logs without personal data, and an identifier for every request."""

import logging
import re
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.kit.ids import uuid7
from services.kit.problems import TooLarge, answer, instance_of
from services.kit.settings import Settings

log = structlog.get_logger()
_SECRET = re.compile(r"authorization|cookie|token|secret|password|api.?key|identity", re.IGNORECASE)


def _redact(_: Any, __: str, event: Any) -> Any:
    return _cleared(event)


def _cleared(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {
            name: "[removed]" if _SECRET.search(str(name)) else _cleared(part)
            for name, part in value.items()
        }
    return [_cleared(part) for part in value] if isinstance(value, list | tuple) else value


def _where_only(_: Any, __: str, event: Any) -> Any:
    """A failure as types and places: the words of an exception may quote what a person typed."""
    told = event.pop("exc_info", None)
    error = told if isinstance(told, BaseException) else sys.exc_info()[1] if told else None
    lines = list(_places(error, set()))
    if lines:
        event["exception"] = "\n".join(lines)
    return event


def _places(error: BaseException | None, seen: set[int]) -> Iterator[str]:
    while error is not None and id(error) not in seen:  # `raise error from error` is its own cause
        seen.add(id(error))
        code = getattr(error, "sqlstate", None)
        yield type(error).__qualname__ + (f" {code}" if code else "")
        for frame in traceback.extract_tb(error.__traceback__)[-15:]:
            yield f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for part in error.exceptions if isinstance(error, BaseExceptionGroup) else ():
            yield from _places(part, seen)
        error = error.__cause__ or error.__context__


def start_logging(settings: Settings) -> None:
    """JSON lines on standard error, text on a terminal; values of secret fields are removed."""
    as_text = settings.log_format == "text" or (
        settings.log_format == "auto" and sys.stderr.isatty()
    )
    render: Any = (
        structlog.dev.ConsoleRenderer() if as_text else structlog.processors.JSONRenderer()
    )
    processors: list[Callable[..., Any]] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _where_only,
        _redact,
    ]
    level = getattr(logging, settings.log_level.upper())
    structlog.configure(
        processors=[*processors, render],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(message)s", force=True)


_PLAIN = (b"content-type", b"text/plain; charset=utf-8")  # how Starlette refuses a large body


_ROUTINE = ("/livez", "/readyz", "/internal/")


class Requests:
    """Gives each request its identifier (X-Request-ID, also in problems) and one log line.

    The line holds method, route template, status and duration: no address with its parameters, no
    body, no person. Stands outside of everything: failures were answered and logged further in and
    end here, so that the server does not print their words.
    """

    def __init__(self, app: ASGIApp, service: str) -> None:
        self.app, self.service = app, service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        identifier = scope["planraum.request_id"] = _identifier(scope)
        began, status, speechless = time.perf_counter(), 500, False

        async def tell(message: Message) -> None:
            nonlocal status, speechless
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = message.setdefault("headers", [])
                speechless = status == TooLarge.status and _PLAIN in headers
                headers.append((b"x-request-id", str(identifier).encode()))
            if not speechless:
                await send(message)

        try:
            await self.app(scope, receive, tell)
            if speechless:
                problem = TooLarge(TooLarge.explanation)
                await answer(problem, instance_of(Request(scope)), scope["path"])(
                    scope, receive, tell
                )
        except Exception as error:
            log.debug("ended early", type=type(error).__name__)
        finally:
            routine = scope["path"].startswith(_ROUTINE) and status < 400
            note = log.debug if routine else log.info
            note(
                "request",
                service=self.service,
                request=str(identifier),
                method=scope["method"],
                route=getattr(scope.get("route"), "path", None),
                status=status,
                milliseconds=round((time.perf_counter() - began) * 1000, 1),
            )


def _identifier(scope: Scope) -> UUID:
    known = scope.get("planraum.request_id")
    if isinstance(known, UUID):
        return known
    for name, value in scope["headers"]:
        if name == b"x-request-id":
            try:
                return UUID(value.decode("ascii"))
            except ValueError:
                break
    return uuid7()
