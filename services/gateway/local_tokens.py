"""Tokens for development on one's own machine: `planraum token`.

Signed with a key that is made once in the data directory (0600). Accepted only by an installation
whose environment is local and that listens on the loopback address.
"""

import json
import os
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path

from joserfc import jwt
from joserfc.jwk import ECKey

from services.contracts.shared.access import Role
from services.gateway import tokens
from services.gateway.tokens import InvalidToken, Verified
from services.kit.settings import Environment, Settings

ISSUER = "urn:planraum:local"
_ALGORITHM = "ES256"


class RefusedInProduction(RuntimeError):
    """Development tokens are neither made nor accepted in production."""


def mint(
    settings: Settings,
    municipality: str,
    roles: Sequence[Role | str],
    subject: str,
    lifetime: int,
) -> str:
    """A token for `subject` with these roles in one municipality ("*": in every one).

    `lifetime` in seconds. Refused in production.
    """
    if settings.environment is Environment.production:
        raise RefusedInProduction(
            "Development tokens are refused in production; use your identity provider."
        )
    now = int(time.time())
    claims = {
        "iss": ISSUER,
        "aud": settings.oidc_audience,
        "sub": subject,
        "iat": now,
        "exp": now + lifetime,
        settings.oidc_roles_claim: {municipality: [Role(role).value for role in roles]},
    }
    return jwt.encode({"alg": _ALGORITHM, "typ": "at+jwt"}, claims, _key(settings))


def is_local(token: str) -> bool:
    """Does the token say that it was made here? Nothing is verified."""
    return tokens.issuer_of(token) == ISSUER


def verify(settings: Settings, token: str) -> Verified:
    """Refuses (InvalidToken) any such token in production or when others can reach us."""
    if not _alone(settings):
        raise InvalidToken("development tokens are not accepted here")
    algorithm = tokens.algorithm_of(tokens.header_of(token))
    try:
        key = ECKey.import_key(json.loads(_path(settings).read_text()))
    except OSError:
        raise InvalidToken("no development token was made here") from None
    return tokens.verify(token, key, algorithm, ISSUER, settings.oidc_audience)


def _alone(settings: Settings) -> bool:
    if settings.environment is Environment.production:
        return False
    try:
        return ip_address(settings.host).is_loopback
    except ValueError:
        return settings.host == "localhost"


def _path(settings: Settings) -> Path:
    return settings.data_dir / "local-token-key.json"


def _key(settings: Settings) -> ECKey:
    """The key of this machine, made when it is first needed."""
    path = _path(settings)
    if not path.exists():
        path.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
        made = json.dumps(ECKey.generate_key("P-256").as_dict(private=True))
        number, draft = tempfile.mkstemp(dir=path.parent)  # readable by its owner alone
        with os.fdopen(number, "w") as file:
            file.write(made)
        with suppress(FileExistsError):
            os.link(draft, path)  # whole or not at all, and the first one wins
        os.unlink(draft)
    return ECKey.import_key(json.loads(path.read_text()))
