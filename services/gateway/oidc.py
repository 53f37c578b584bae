"""Access tokens of the configured identity provider (OpenID Connect)."""

import asyncio
import time
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import httpx
import structlog
from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, Key

from services.gateway import tokens
from services.gateway.tokens import KEY_TYPES, InvalidToken, Verified
from services.kit.problems import Unavailable
from services.kit.settings import Settings

log = structlog.get_logger()
PATIENCE = 60.0
"""Seconds between two looks at the provider's keys: unknown key ids cannot make us ask more."""
LIFETIME = 600.0
"""Seconds after which the keys are looked at again, so that a withdrawn one ends; while the
provider does not answer the known ones go on."""
_LARGEST = 512 * 1024


class Issuer:
    """The identity provider: its keys, found through its own metadata, and its tokens."""

    def __init__(self, settings: Settings) -> None:
        assert settings.oidc_issuer is not None
        self.name, self._audience = settings.oidc_issuer, settings.oidc_audience
        self._keys_url = settings.oidc_jwks_url
        self._keys: dict[str, Key] = {}
        self._asked = -PATIENCE
        self._asking = asyncio.Lock()

    async def verify(self, token: str) -> Verified:
        """Refuses (InvalidToken) what the provider did not sign for us; 503 when its keys have
        never been seen and it does not answer."""
        header = tokens.header_of(token)
        algorithm = tokens.algorithm_of(header)
        key = await self._key(header.get("kid"))
        if key.get("alg", algorithm) != algorithm:
            raise InvalidToken("its key is for another algorithm")
        return tokens.verify(token, key, algorithm, self.name, self._audience)

    async def _key(self, kid: object) -> Key:
        known = self._pick(kid)
        if known is None or self._unseen_for(LIFETIME):
            async with self._asking:
                known = self._pick(kid)
                if self._unseen_for(PATIENCE if known is None else LIFETIME):
                    await self._ask()
                    known = self._pick(kid)
        if known is not None:
            return known
        if not self._keys:
            raise Unavailable(
                "The identity provider does not answer.",
                headers={"Retry-After": str(int(PATIENCE))},
            )
        raise InvalidToken("its key is not known")

    def _unseen_for(self, seconds: float) -> bool:
        return time.monotonic() - self._asked >= seconds

    def _pick(self, kid: object) -> Key | None:
        if isinstance(kid, str):
            return self._keys.get(kid)
        return next(iter(self._keys.values())) if len(self._keys) == 1 else None

    async def _ask(self) -> None:
        self._asked = time.monotonic()
        try:
            async with httpx.AsyncClient(
                timeout=5, trust_env=False, follow_redirects=False
            ) as client:
                url = self._keys_url or await self._discover(client)
                found = await _json(client, url)
                listed = found.get("keys")
                if not isinstance(listed, list):
                    raise ValueError("no keys")
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            log.warning("identity provider", issuer=self.name, reason=type(error).__name__)
            return
        self._keys = dict(_usable(listed))

    async def _discover(self, client: httpx.AsyncClient) -> str:
        address = f"{self.name.rstrip('/')}/.well-known/openid-configuration"
        metadata = await _json(client, address)
        if metadata.get("issuer") != self.name:
            raise ValueError("the metadata names another issuer")
        return str(metadata["jwks_uri"]) if "jwks_uri" in metadata else ""


async def _json(client: httpx.AsyncClient, url: str) -> Mapping[str, Any]:
    async with client.stream("GET", url) as response:
        response.raise_for_status()
        content = b""
        async for chunk in response.aiter_bytes():
            content += chunk
            if len(content) > _LARGEST:
                raise ValueError("too large")
    found = httpx.Response(200, content=content).json()
    if not isinstance(found, dict):
        raise ValueError("not an object")
    return found


def _usable(listed: list[Any]) -> list[tuple[str, Key]]:
    """The keys for signatures of the kinds we take; others in the set do not matter."""
    keys = []
    for number, entry in enumerate(listed):
        if not isinstance(entry, dict) or entry.get("use", "sig") != "sig":
            continue
        if entry.get("kty") not in KEY_TYPES.values():
            continue
        try:
            keys.append((str(entry.get("kid", number)), JWKRegistry.import_key(entry)))
        except (JoseError, ValueError, TypeError):
            log.warning("identity provider", reason="a key that cannot be read")
    return keys


def pseudonym(verified: Verified) -> str:
    """How the journal names a person: a digest of issuer and subject, never a name."""
    told = f"{verified.issuer}\n{verified.subject}".encode()
    return f"oidc:{sha256(told).hexdigest()[:32]}"
