"""The door: every request passes here, and a kept public answer is given without going further.

In: who calls, how often, is the answer at hand, where to. Out: clean and complete headers,
compression, keeping, the caller's own headers.
"""

from collections.abc import Awaitable

import structlog
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette_compress import CompressMiddleware, add_compress_type

from services.gateway import hygiene, limits
from services.gateway.cache import AnswerCache, Key
from services.gateway.callers import ANONYMOUS, Caller, Callers
from services.gateway.dispatch import ClientGone, Directory, Passage, Place
from services.gateway.head import Head, client_of, encoding_of, head_of, request_id, trusts
from services.gateway.keeping import Keeping, Sender, at_hand
from services.gateway.limits import Limits, Standing
from services.kit.database import Database
from services.kit.identity import Signer
from services.kit.problems import (
    BadRequest,
    Problem,
    TooLarge,
    Unauthorised,
    Unexpected,
    answer,
    instance_of,
    is_oparl,
)
from services.kit.settings import Settings

log = structlog.get_logger()
_PROBES = ("/livez", "/readyz")
"""Never refused for coming often: who asks must not be told that a busy service is dead."""
_METHODS = ("GET", "HEAD", "POST", "PATCH", "PUT", "DELETE")
_ASKED = (
    "authorization",
    "content-type",
    "idempotency-key",
    "if-match",
    "if-none-match",
    "last-event-id",
    "prefer",
    "x-request-id",
)
_TOLD = (
    "content-disposition",
    "etag",
    "link",
    "location",
    "preference-applied",
    "ratelimit",
    "ratelimit-policy",
    "retry-after",
    "x-request-id",
)
_OPEN_DATA = (b"access-control-allow-origin", b"*")
"""On every answer of OParl, whether the caller is a web page or not (OParl 1.1, 2.6)."""
_HOPS = 500
"""Characters of X-Forwarded-For that are looked at, from its right end."""
for _type in ("text/csv", "application/vnd.sdmx.data+csv"):
    add_compress_type(_type)


class Door:
    """The outermost app of the gateway, for HTTP requests."""

    def __init__(
        self,
        settings: Settings,
        signer: Signer,
        database: Database,
        directory: Directory,
        callers: Callers,
        cache: AnswerCache,
    ) -> None:
        self._signer, self._database = signer, database
        self._directory, self._callers, self._cache = directory, callers, cache
        self._proxies, self._origins = settings.trusted_proxies, settings.cors_origins
        self._limits = Limits(settings.rate_limit)
        self._largest = settings.max_body_megabytes * 1024 * 1024
        self._passage = Passage(settings.upstream_timeout, self._largest)
        self._compressed = CompressMiddleware(self._pass_on, zstd=False)
        self._shared: ASGIApp = CORSMiddleware(
            self._serve,
            allow_origins=settings.cors_origins,
            allow_methods=_METHODS,
            allow_headers=_ASKED,
            expose_headers=_TOLD,
        )

        self._open: ASGIApp = CORSMiddleware(
            self._serve,
            allow_origins=("*",),
            allow_methods=("GET", "HEAD"),
            allow_headers=("if-none-match",),
        )

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        head = scope["planraum.head"] = head_of(scope["headers"])
        oparl = scope["planraum.oparl"] = is_oparl(scope["path"])
        app: ASGIApp = self._serve
        if head[b"origin"]:
            if oparl and scope["method"] == "OPTIONS":
                app = self._open
            elif self._origins and not oparl:
                app = self._shared
        return app(scope, receive, send)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        head: Head = scope["planraum.head"]
        identifier = scope["planraum.request_id"] = request_id(head)
        own = [(b"x-request-id", identifier.encode())]
        if scope["planraum.oparl"]:
            own.append(_OPEN_DATA)
        client, key = self._client(scope, head), self._key(scope, head)
        bare = scope["method"] == "HEAD"
        if key is not None and (entry := self._cache.find(key)) is not None:
            standing = self._limits.hit(client)
            if standing.allowed:
                own += self._limits.fields(standing)
                start, body = at_hand(entry, head[b"if-none-match"], own, bare=bare)
                await send(start)
                await send(body)
                return
        sender = Sender(send, own, bare=bare)
        if bare:
            # The server looks at its own scope again, to send a head without a body.
            scope = {**scope, "method": "GET"}
        try:
            await self._answer(scope, head, client, key, receive, sender)
        except Problem as problem:
            await self._refuse(problem, scope, sender)
        except ClientGone:
            return
        except Exception as error:
            if sender.begun:
                raise
            log.error("unexpected", request=identifier, exc_info=error)
            await self._refuse(Unexpected(Unexpected.explanation), scope, sender)

    def _client(self, scope: Scope, head: Head) -> str:
        # What callers write at the left end is never read and would only fill the memory.
        peer = scope["client"][0] if scope.get("client") else ""
        return client_of(peer, head[b"x-forwarded-for"][-_HOPS:], self._proxies)

    def _key(self, scope: Scope, head: Head) -> Key | None:
        """Where the answer is kept; None when the question is not one whose answers are."""
        if scope["method"] not in ("GET", "HEAD") or head[b"range"]:
            return None
        if head[b"authorization"] and scope["path"].startswith("/v1/"):
            return None
        return (
            scope["raw_path"],
            scope["query_string"],
            head[b"accept"],
            head[b"accept-language"],
            encoding_of(head[b"accept-encoding"]),
        )

    async def _answer(
        self,
        scope: Scope,
        head: Head,
        client: str,
        key: Key | None,
        receive: Receive,
        sender: Sender,
    ) -> None:
        if scope["path"] in _PROBES:
            caller, standing = ANONYMOUS, self._limits.look(client)._replace(allowed=True)
        elif not head[b"authorization"] or not scope["path"].startswith("/v1/"):
            caller, standing = ANONYMOUS, self._limits.hit(client)
        else:
            caller, standing = await self._admit(head, client)
        sender.own += self._limits.fields(standing)
        if not standing.allowed:
            raise limits.refusal(standing)
        place = await self._place(scope, head)
        tag = (place.municipality.id, place.service) if place.municipality else None
        out: Send = sender
        if key is not None:
            out = Keeping(self._cache, key, tag, head[b"if-none-match"], sender)
        elif tag is not None and not _only_reads(scope):
            out = self._dropping(tag, sender)
        identity = self._signer.sign(caller.acting_in(place.municipality))
        headers = hygiene.inward(
            scope["headers"],
            head,
            identity,
            client,
            scope["planraum.request_id"],
            tls=self._tls(scope, head),
        )
        if key is not None:
            headers = [item for item in headers if item[0] != b"if-none-match"]
        encoding = encoding_of(head[b"accept-encoding"]) or b"identity"
        headers.append((b"accept-encoding", encoding))
        scope = {**scope, "headers": headers, "planraum.app": place.app}
        await self._compressed(scope, receive, out)

    async def _admit(self, head: Head, client: str) -> tuple[Caller, Standing]:
        """Whose token it is, and how they stand. Guessing tokens counts against the address."""
        caller = self._callers.remembered(head[b"authorization"])
        if caller is None:
            standing = self._limits.look(client)
            if not standing.allowed:
                return ANONYMOUS, standing
            try:
                caller = await self._callers.identify(head[b"authorization"], self._database.pool)
            except Unauthorised:
                self._limits.hit(client)
                raise
        return caller, self._limits.hit(caller.subject)

    async def _place(self, scope: Scope, head: Head) -> Place:
        if hygiene.is_ambiguous(scope["raw_path"]):
            raise BadRequest("The address is not written in its plain form.")
        length = head[b"content-length"]
        if length.isdigit() and int(length) > self._largest:
            raise TooLarge(f"A body may have {self._largest // 1024**2} MB at most.")
        return await self._directory.place(scope["path"])

    def _tls(self, scope: Scope, head: Head) -> bool:
        peer = scope["client"][0] if scope.get("client") else ""
        if head[b"x-forwarded-proto"] and trusts(peer, self._proxies):
            return head[b"x-forwarded-proto"] == b"https"
        return bool(scope.get("scheme") == "https")

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def cleaned(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": hygiene.outward(message.get("headers", ()))}
            await send(message)

        await self._passage(scope["planraum.app"], scope, receive, cleaned)

    def _dropping(self, tag: tuple[int, str], send: Send) -> Send:
        """Forget what was kept as soon as a write is answered, without waiting for the journal."""

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] < 400:
                self._cache.drop(tag)
            await send(message)

        return told

    async def _refuse(self, problem: Problem, scope: Scope, sender: Sender) -> None:
        if sender.begun:
            raise problem
        log.info(
            "refused",
            request=scope["planraum.request_id"],
            method=scope["method"],
            status=problem.status,
        )
        response = answer(problem, instance_of(Request(scope)), scope["path"])
        await sender.whole(
            response.status_code, hygiene.outward(response.raw_headers), bytes(response.body)
        )


def _only_reads(scope: Scope) -> bool:
    """A batch is sent and changes nothing, so that nothing has to be forgotten."""
    method, path = scope["method"], scope["path"]
    return method in ("GET", "OPTIONS") or (
        method == "POST" and path.endswith("/batch") and path.count("/") == 3
    )
