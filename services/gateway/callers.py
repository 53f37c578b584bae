"""Who is calling: an access token, an API key or nobody in particular."""

import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Literal

import asyncpg

from services.contracts.shared.access import Actor, Municipality, Role
from services.gateway import local_tokens, oidc
from services.gateway.api_keys import queries, rules
from services.gateway.oidc import Issuer
from services.gateway.tokens import Claims, InvalidToken
from services.kit import failures
from services.kit.access import CHALLENGE
from services.kit.problems import Unauthorised
from services.kit.settings import Settings

EVERYWHERE = "*"
_REMEMBERED = 4096
_TOKEN_SECONDS, _KEY_SECONDS = 60.0, 5.0
_REFUSED = {"WWW-Authenticate": f'{CHALLENGE["WWW-Authenticate"]}, error="invalid_token"'}


@dataclass(frozen=True)
class Caller:
    """Who calls, and what they are in which municipality ("*": in every one)."""

    subject: str
    kind: Literal["anonymous", "person", "machine"]
    roles: Mapping[str, frozenset[Role]] = field(default_factory=dict)
    supplier: str | None = None

    def acting_in(self, municipality: Municipality | None) -> Actor:
        """The caller as the actor of a request about this municipality."""
        here = self.roles.get(municipality.key, frozenset()) if municipality else frozenset()
        return Actor(
            subject=self.subject,
            kind=self.kind,
            roles=here | self.roles.get(EVERYWHERE, frozenset()),
            municipality=municipality,
            supplier=self.supplier,
        )


ANONYMOUS = Caller("anonymous", "anonymous")


class Callers:
    """Finds out who calls. Remembers tokens for a minute and API keys for seconds."""

    def __init__(self, settings: Settings, issuer: Issuer | None) -> None:
        self._settings, self._issuer = settings, issuer
        self._known: OrderedDict[bytes, tuple[float, Caller]] = OrderedDict()

    def remembered(self, authorization: bytes) -> Caller | None:
        """Whoever sent this header a moment ago."""
        known = self._known.get(sha256(authorization).digest())
        return known[1] if known and known[0] > time.monotonic() else None

    def forget(self) -> None:
        """Something changed in the gateway's own tables: ask again about everybody."""
        self._known.clear()

    async def identify(self, authorization: bytes, pool: "asyncpg.Pool[asyncpg.Record]") -> Caller:
        """Whoever sends this Authorization header. Refuses (401) what is not valid, (503) when
        the issuer or the database cannot be asked."""
        scheme, _, token = authorization.decode("latin-1").partition(" ")
        token = token.strip()
        if scheme.lower() != "bearer" or not token:
            raise Unauthorised("Authorization must be `Bearer <token>`.", headers=_REFUSED)
        try:
            if token.startswith(rules.PREFIX):
                caller, seconds = await self._machine(token, pool)
            else:
                caller, seconds = await self._bearer(token)
        except InvalidToken as error:
            raise Unauthorised(f"The token is not valid: {error}.", headers=_REFUSED) from None
        self._known[sha256(authorization).digest()] = (time.monotonic() + seconds, caller)
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return caller

    async def _machine(
        self, token: str, pool: "asyncpg.Pool[asyncpg.Record]"
    ) -> tuple[Caller, float]:
        secret = rules.taken_apart(token)
        try:
            found = await queries.bearer(pool, secret) if secret else None
        except failures.DATABASE as error:
            raise failures.translate(error) from error
        if found is None:
            raise InvalidToken("unknown, expired or revoked API key")
        left = (found.until - datetime.now(UTC)).total_seconds()
        caller = Caller(
            f"key:{found.id}", "machine", {found.municipality: found.roles}, found.supplier
        )
        return caller, min(left, _KEY_SECONDS)

    async def _bearer(self, token: str) -> tuple[Caller, float]:
        if local_tokens.is_local(token):
            verified = local_tokens.verify(self._settings, token)
            subject = f"token:{verified.subject}"
        elif self._issuer is not None:
            verified = await self._issuer.verify(token)
            subject = oidc.pseudonym(verified)
        else:
            raise InvalidToken("no identity provider is configured here")
        kind: Literal["person", "machine"] = "machine" if verified.of_a_machine else "person"
        roles = _roles(verified.claims, self._settings.oidc_roles_claim)
        left = verified.expires - time.time()
        return Caller(subject, kind, roles), min(left, _TOKEN_SECONDS)


def _roles(claims: Claims, name: str) -> dict[str, frozenset[Role]]:
    """The roles in a claim like {"jena": ["planner"]}; whatever has another form gives none."""
    claim = claims.get(name)
    if not isinstance(claim, Mapping):
        return {}
    known = {role.value: role for role in Role if role is not Role.public}
    return {
        str(municipality): frozenset(known[n] for n in names if isinstance(n, str) and n in known)
        for municipality, names in claim.items()
        if isinstance(names, list)
    }
