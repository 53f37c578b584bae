"""A small identity provider: metadata, keys, tokens of every kind, good and bad."""

import hmac
import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from joserfc import jws
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey

KEYS: dict[str, tuple[str, Key]] = {
    "ec": ("ES256", ECKey.generate_key("P-256", {"kid": "ec", "use": "sig"})),
    "rsa": ("RS256", RSAKey.generate_key(2048, {"kid": "rsa"})),
    "ed": ("Ed25519", OKPKey.generate_key("Ed25519", {"kid": "ed"})),
}
STRANGER = ECKey.generate_key("P-256", {"kid": "stranger"})
SUBJECT = "3f1c"


class Provider:
    """An issuer at a URL; `asked` counts how often its keys were fetched."""

    def __init__(self) -> None:
        self.url = ""
        self.asked = 0
        self.extra: list[Key] = []
        self.app = FastAPI()
        self.app.get("/.well-known/openid-configuration")(self._metadata)
        self.app.get("/keys")(self._keys)

    async def _metadata(self) -> dict[str, str]:
        return {"issuer": self.url, "jwks_uri": f"{self.url}/keys"}

    async def _keys(self) -> dict[str, Any]:
        self.asked += 1
        public = [key.as_dict(private=False) for _, key in KEYS.values()]
        junk = {"kty": "oct", "k": "c2VjcmV0", "kid": "shared"}
        return {"keys": [junk, *public, *(key.as_dict(private=False) for key in self.extra)]}

    def claims(self, **changed: Any) -> dict[str, Any]:
        now = int(time.time())
        claims = {
            "iss": self.url,
            "aud": "planraum",
            "sub": SUBJECT,
            "exp": now + 600,
            "nbf": now - 1,
            "planraum_roles": {"*": ["planner"], "jena": ["nonsense", 5]},
        }
        return {k: v for k, v in {**claims, **changed}.items() if v is not None}

    def token(
        self,
        name: str = "ec",
        header: Mapping[str, Any] | None = None,
        key: Key | None = None,
        **changed: Any,
    ) -> str:
        algorithm, own = KEYS[name]
        made = {"alg": algorithm, "typ": "at+jwt", "kid": name, **(header or {})}
        made = {k: v for k, v in made.items() if v is not None}
        return jws.serialize_compact(
            made,
            json.dumps(self.claims(**changed)),
            key or own,
            registry=jws.JWSRegistry(algorithms=[made["alg"]], strict_check_header=False),
        )

    def unsigned(self) -> str:
        parts = [{"alg": "none", "typ": "at+jwt"}, self.claims()]
        return ".".join(_encoded(json.dumps(part).encode()) for part in parts) + "."

    def signed_with_the_public_key(self) -> str:
        """HS256 with the RSA public key as the secret: the classic confusion."""
        parts = [{"alg": "HS256", "typ": "at+jwt", "kid": "rsa"}, self.claims()]
        signed = ".".join(_encoded(json.dumps(part).encode()) for part in parts)
        secret = KEYS["rsa"][1].as_pem(private=False)
        return f"{signed}.{_encoded(hmac.digest(secret, signed.encode(), 'sha256'))}"


def _encoded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
