"""Structured logs without personal data, and an identifier for every request."""

import logging
import re
import sys
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.kit.ids import uuid7
from services.kit.settings import Settings

log = structlog.get_logger()
_SECRET = re.compile(r"authorization|cookie|token|secret|password|api.?key|identity", re.IGNORECASE)


def _redact(_: Any, __: str, event: Any) -> Any:
    for name in event:
        if _SECRET.search(name):
            event[name] = "[removed]"
    return event


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
        _redact,
    ]
    if not as_text:
        processors.append(structlog.processors.format_exc_info)
    level = getattr(logging, settings.log_level.upper())
    structlog.configure(
        processors=[*processors, render],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(message)s", force=True)


class Requests:
    """Gives each request its identifier (X-Request-ID, also in problems) and one log line.

    The line holds method, route template, status and duration: no address with its parameters, no
    body, no person.
    """

    def __init__(self, app: ASGIApp, service: str) -> None:
        self.app, self.service = app, service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        identifier = scope["planraum.request_id"] = _identifier(scope)
        began, status = time.perf_counter(), 0

        async def tell(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message.setdefault("headers", []).append(
                    (b"x-request-id", str(identifier).encode())
                )
            await send(message)

        try:
            await self.app(scope, receive, tell)
        finally:
            log.info(
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
