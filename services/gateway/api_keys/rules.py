"""What an API key looks like and how long it may live: pure functions."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest

from services.kit.problems import Conflict, Invalid

PREFIX = "planraum_"
LONGEST = timedelta(days=2 * 366)
_LETTERS = "23456789abcdefghijkmnpqrstuvwxyz"
_FORM = re.compile(rf"^{PREFIX}(\d{{12}}[{_LETTERS}]{{8}})_([0-9a-f]{{64}})$")


@dataclass(frozen=True)
class Secret:
    """A token `planraum_<id>_<secret>` taken apart: 256 random bits behind a public identifier.

    The identifier begins with the regional key of the municipality, so that one place is looked in.
    """

    id: str
    secret: str

    @property
    def municipality_id(self) -> int:
        return int(self.id[:12])

    @property
    def token(self) -> str:
        return f"{PREFIX}{self.id}_{self.secret}"

    @property
    def digest(self) -> str:
        """SHA-256 of the secret, in hexadecimal."""
        return sha256(self.secret.encode()).hexdigest()

    def fits(self, digest: str) -> bool:
        """Does the stored digest belong to this secret? Takes the same time for yes and no."""
        return compare_digest(self.digest, digest)


def new_secret(municipality_id: int) -> Secret:
    """A fresh secret of a key in a municipality."""
    public = "".join(secrets.choice(_LETTERS) for _ in range(8))
    return Secret(f"{municipality_id:012d}{public}", secrets.token_hex(32))


def taken_apart(token: str) -> Secret | None:
    """The parts of a token, or None when it is not an API key of ours."""
    found = _FORM.match(token)
    return Secret(found[1], found[2]) if found else None


def check_end(expires_at: datetime, now: datetime) -> None:
    """Refuse an end in the past or more than two years away."""
    if expires_at <= now:
        raise Invalid("The end lies in the past.", pointer="/expires_at", code="past")
    if expires_at > now + LONGEST:
        raise Invalid("A key lives two years at most.", pointer="/expires_at", code="too_long")


def check_usable(revoked_at: datetime | None) -> None:
    """Refuse (409) to give a revoked key a new secret: revocation is for good."""
    if revoked_at is not None:
        raise Conflict("The key is revoked, which is for good. Create a new one.")
