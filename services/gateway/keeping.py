"""An answer on its way out: sent with the caller's own headers, kept when everybody may see it."""

from starlette.types import Message, Send

from services.gateway.cache import AnswerCache, Entry, Headers, Key, Tag
from services.kit.conditional import matches

_VARIES = {b"accept", b"accept-encoding", b"accept-language", b"origin"}
_ALSO_WITH_304 = {b"cache-control", b"content-location", b"etag", b"link", b"vary"}


class Sender:
    """Sends one answer, with header fields of its own; to HEAD without the body."""

    __slots__ = ("_bare", "_send", "begun", "own")

    def __init__(self, send: Send, own: Headers, *, bare: bool) -> None:
        self._send, self.own, self._bare, self.begun = send, own, bare, False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            message = {**message, "headers": [*message.get("headers", ()), *self.own]}
        elif self._bare:
            if message.get("more_body", False):
                return
            message = {"type": "http.response.body", "body": b""}
        await self._send(message)

    async def whole(self, status: int, headers: Headers, body: bytes = b"") -> None:
        """Send a whole answer at once."""
        self.begun = True
        told = [*headers, *self.own]
        await self._send({"type": "http.response.start", "status": status, "headers": told})
        sent = b"" if self._bare else body
        await self._send({"type": "http.response.body", "body": sent})


def at_hand(
    entry: Entry, if_none_match: bytes, own: Headers, *, bare: bool
) -> tuple[Message, Message]:
    """A kept answer as it is sent, or 304 when the caller has it already; `bare` without body."""
    status, headers, body = 200, entry.headers, entry.body
    if if_none_match and _has(if_none_match, entry.etag):
        status, headers, body = 304, entry.not_modified, b""
    return (
        {"type": "http.response.start", "status": status, "headers": headers + own},
        {"type": "http.response.body", "body": b"" if bare else body},
    )


class Keeping:
    """Watches an anonymous GET being answered and keeps the answer if it may be kept.

    The service is asked without If-None-Match, so that the answer can be kept; a matching one is
    turned into 304 here.
    """

    def __init__(
        self, cache: AnswerCache, key: Key, tag: Tag | None, if_none_match: bytes, sender: Sender
    ) -> None:
        self._cache, self._key, self._tag = cache, key, tag
        self._asked, self._sender = if_none_match, sender
        self._generation = cache.generation(tag) if tag else None
        self._entry: Entry | None = None
        self._chunks: list[bytes] = []
        self._size = 0
        self._silent = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            await self._begin(message)
            return
        if message["type"] == "http.response.body" and self._entry is not None:
            self._collect(self._entry, message)
        if not self._silent:
            await self._sender(message)

    async def _begin(self, message: Message) -> None:
        headers: Headers = list(message.get("headers", ()))
        fields = dict(headers)
        etag = fields.get(b"etag", b"")
        not_modified = [item for item in headers if item[0] in _ALSO_WITH_304]
        if message["status"] == 200:
            if self._generation is not None and may_be_kept(headers):
                self._entry = Entry(headers, b"", etag, not_modified)
            if self._asked and etag and _has(self._asked, etag):
                self._silent = True
                await self._sender.whole(304, not_modified)
                return
        await self._sender(message)

    def _collect(self, entry: Entry, message: Message) -> None:
        self._chunks.append(message.get("body", b""))
        self._size += len(self._chunks[-1])
        if self._size > self._cache.largest:
            self._entry, self._chunks = None, []
        elif not message.get("more_body", False):
            assert self._tag is not None
            assert self._generation is not None
            entry.body = b"".join(self._chunks)
            self._cache.store(self._key, self._tag, self._generation, entry)


def may_be_kept(headers: Headers) -> bool:
    """Public, without cookie, and depending on nothing that is not part of the key."""
    fields: dict[bytes, bytes] = {}
    for name, value in headers:
        fields[name] = fields[name] + b"," + value if name in fields else value
    control = {part.strip() for part in fields.get(b"cache-control", b"").lower().split(b",")}
    varies = {part.strip() for part in fields.get(b"vary", b"").lower().split(b",")} - {b""}
    return (
        b"public" in control
        and not control & {b"private", b"no-store"}
        and b"set-cookie" not in fields
        and varies <= _VARIES
    )


def _has(if_none_match: bytes, etag: bytes) -> bool:
    return if_none_match == etag or matches(
        if_none_match.decode("latin-1"), etag.decode("latin-1").removeprefix("W/")
    )
