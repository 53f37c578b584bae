"""Signed tokens (RFC 7519, RFC 9068): what they must carry, whoever signed them."""

import json
import warnings
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError, SecurityWarning
from joserfc.jwk import Key

Claims = Mapping[str, Any]
KEY_TYPES = {"ES256": "EC", "RS256": "RSA", "EdDSA": "OKP", "Ed25519": "OKP"}
"""The algorithms we take, and the kind of key each needs."""
TYPES = ("at+jwt", "application/at+jwt", "jwt")
_SKEW = 30
_LONGEST = 16 * 1024


class InvalidToken(Exception):
    """Why a token is not accepted, in words that give nothing away."""


@dataclass(frozen=True)
class Verified:
    """A token whose signature and claims were checked."""

    issuer: str
    subject: str
    expires: float
    claims: Claims

    @property
    def of_a_machine(self) -> bool:
        """Client credentials: the client speaks for itself (RFC 9068, section 2.2)."""
        return self.claims.get("client_id") == self.subject


def header_of(token: str) -> Claims:
    """The header, not verified. Only `alg`, `kid` and `typ` are ever read: a key that a token
    brings along or points to (jwk, jku, x5c, x5u) proves nothing."""
    if len(token) > _LONGEST:
        raise InvalidToken("it is too long")
    return _part(token, 0)


def issuer_of(token: str) -> object:
    """Who the token says it is from, not verified."""
    return _part(token, 1).get("iss")


def _part(token: str, number: int) -> Claims:
    try:
        raw = token.split(".")[number]
        part = json.loads(urlsafe_b64decode(raw + "=" * (-len(raw) % 4)))
    except (ValueError, IndexError, RecursionError):
        raise InvalidToken("it is not a signed token") from None
    if not isinstance(part, dict):
        raise InvalidToken("it is not a signed token")
    return part


def algorithm_of(header: Claims) -> str:
    """The algorithm; refuses all but ES256, RS256 and EdDSA, and types other than access tokens."""
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or algorithm not in KEY_TYPES:
        raise InvalidToken("its algorithm is not accepted")
    if str(header.get("typ", "")).lower() not in TYPES:
        raise InvalidToken("it is not an access token")
    return algorithm


def verify(token: str, key: Key, algorithm: str, issuer: str, audience: str) -> Verified:
    """Check signature, issuer, audience and time; 30 seconds of clock difference are allowed."""
    if key.key_type != KEY_TYPES[algorithm]:
        raise InvalidToken("its key is of another kind")
    registry = jwt.JWTClaimsRegistry(
        leeway=_SKEW,
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": audience},
        exp={"essential": True},
        sub={"essential": True},
    )
    try:
        with warnings.catch_warnings():
            # RFC 9864 renamed EdDSA; providers will write the old name for years
            warnings.simplefilter("ignore", SecurityWarning)
            claims = jwt.decode(token, key, algorithms=[algorithm]).claims
        registry.validate(claims)
    except (JoseError, ValueError, TypeError):
        raise InvalidToken("signature, issuer, audience or time do not fit") from None
    return Verified(issuer, str(claims["sub"]), float(claims["exp"]) + _SKEW, claims)
