"""The internal identity: the gateway signs who acts, every service verifies it."""

import time
from collections import OrderedDict
from typing import TypeVar

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey
from pydantic import ValidationError

from services.contracts.shared.access import Actor
from services.kit.problems import Unauthorised

HEADER = "x-planraum-identity"
LIFETIME = 60
_CLOCK_SKEW = 5
_REMEMBERED = 2048
K = TypeVar("K")
V = TypeVar("V")


class Signer:
    """Signs and verifies identities with a shared secret (HS256, 60 seconds).

    Signing the same actor again within half a lifetime returns the same token, and a verified
    token is remembered until it expires: both are on the path of every request.
    """

    def __init__(self, secret: str) -> None:
        if len(secret) < 32:
            raise ValueError("The internal key must have at least 32 characters.")
        self._key = OctKey.import_key(secret)
        self._signed: OrderedDict[Actor, tuple[float, str]] = OrderedDict()
        self._verified: OrderedDict[str, tuple[float, Actor]] = OrderedDict()

    def sign(self, actor: Actor) -> str:
        now = time.time()
        known = self._signed.get(actor)
        if known and known[0] > now:
            return known[1]
        claims = {"actor": actor.model_dump(mode="json"), "exp": int(now) + LIFETIME}
        token = jwt.encode({"alg": "HS256", "typ": "planraum+jwt"}, claims, self._key)
        _remember(self._signed, actor, (now + LIFETIME / 2, token))
        return token

    def verify(self, token: str | None) -> Actor:
        """The actor; refuses a missing, forged, foreign or expired identity."""
        now = time.time()
        known = self._verified.get(token or "")
        if known:
            if known[0] > now:
                return known[1]
            raise Unauthorised("The internal identity has expired.")
        if not token:
            raise Unauthorised("This service answers only through the gateway.")
        try:
            decoded = jwt.decode(token, self._key, algorithms=["HS256"])
            if decoded.header.get("typ") != "planraum+jwt":
                raise Unauthorised("This is not an internal identity.")
            expires = float(decoded.claims["exp"]) + _CLOCK_SKEW
            actor = Actor.model_validate(decoded.claims["actor"])
        except (JoseError, ValidationError, KeyError, TypeError, ValueError):
            raise Unauthorised("The internal identity is not valid.") from None
        if expires <= now:
            raise Unauthorised("The internal identity has expired.")
        _remember(self._verified, token, (expires, actor))
        return actor


def _remember(store: OrderedDict[K, V], key: K, value: V) -> None:
    store[key] = value
    store.move_to_end(key)
    while len(store) > _REMEMBERED:
        store.popitem(last=False)
