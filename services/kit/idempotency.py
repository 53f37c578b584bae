"""Idempotency-Key on POST: the answer is kept in the transaction of the write it answers.

Follows draft-ietf-httpapi-idempotency-key-header-07, with one difference: a second request with
the key of one still in flight waits for it and gets its answer, instead of 409.
"""

import json
import re
from dataclasses import asdict, dataclass
from hashlib import sha256

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import Response

from services.contracts.shared.access import Actor
from services.contracts.shared.problems import Fault
from services.kit import sql
from services.kit.problems import BadRequest, Invalid

_MALFORMED = "Idempotency-Key must be 1 to 255 visible ASCII characters."
_USED = "This Idempotency-Key was used for another request."
_ALLOWED = re.compile(r"[\x21-\x7e]{1,255}")
_EXPIRE = text("""
    DELETE FROM idempotency
    WHERE municipality_id = :municipality AND created_at < now() - interval '2 days'""")
_CLAIM = text("""
    INSERT INTO idempotency (municipality_id, actor, key, fingerprint)
    VALUES (:municipality, :actor, :key, :fingerprint)
    ON CONFLICT (municipality_id, actor, key) DO NOTHING
    RETURNING true""")
_KNOWN = text("""
    SELECT fingerprint, status, headers, body FROM idempotency
    WHERE municipality_id = :municipality AND actor = :actor AND key = :key""")
_FORGET = text("""
    DELETE FROM idempotency
    WHERE municipality_id = :municipality AND actor = :actor AND key = :key""")
_KEEP = text("""
    UPDATE idempotency SET status = :status, headers = cast(:headers AS jsonb), body = :body
    WHERE municipality_id = :municipality AND actor = :actor AND key = :key""")


class Replay(Exception):
    """The request was answered before; this is the answer."""

    def __init__(self, response: Response) -> None:
        super().__init__("replayed")
        self.response = response


@dataclass(frozen=True)
class Claim:
    """A key that this request is the first to use."""

    municipality: int
    actor: str
    key: str

    async def keep(self, session: AsyncSession, response: Response) -> None:
        """Keep the answer for whoever repeats the request; a secret (no-store) is not kept."""
        if response.headers.get("cache-control") == "no-store":
            await sql.run(session, _FORGET, asdict(self))
            return
        headers = {
            k: v
            for k, v in response.headers.items()
            if k in ("content-type", "location", "etag", "link")
        }
        values = {
            "municipality": self.municipality,
            "actor": self.actor,
            "key": self.key,
            "status": response.status_code,
            "headers": json.dumps(headers),
            "body": bytes(response.body),
        }
        await sql.run(session, _KEEP, values)


async def claim(session: AsyncSession, request: Request) -> Claim | None:
    """Claim the request's Idempotency-Key, or raise Replay with the first answer.

    Refuses a malformed key (400) and a key used before with another request (422).
    """
    sent = request.headers.get("idempotency-key")
    actor: Actor = session.info["actor"]
    if request.method != "POST" or sent is None:
        return None
    if not _ALLOWED.fullmatch(sent):
        raise BadRequest(_MALFORMED, faults=[_fault("malformed", _MALFORMED)])
    municipality = actor.municipality.id if actor.municipality else 0
    address = f"{request.url.path}?{request.url.query}\n".encode()
    fingerprint = sha256(address + await _content(request)).digest()
    mine = Claim(municipality, actor.subject, sent)
    values = asdict(mine)
    await sql.run(session, _EXPIRE, {"municipality": municipality})
    first = await sql.run(session, _CLAIM, {**values, "fingerprint": fingerprint})
    if first.scalar() is True:
        return mine
    known = (await sql.run(session, _KNOWN, values)).one()
    if bytes(known.fingerprint) != fingerprint:
        raise Invalid(_USED, faults=[_fault("used", _USED)])
    headers = {**known.headers, "Idempotency-Replayed": "true"}
    raise Replay(Response(bytes(known.body), known.status, headers))


async def _content(request: Request) -> bytes:
    """The body, or the digest that a route left in the request when it took the body in parts."""
    digest: bytes | None = getattr(request.state, "digest", None)
    return digest if digest is not None else await request.body()


def _fault(code: str, detail: str) -> Fault:
    return Fault(header="Idempotency-Key", code=code, detail=detail)
