"""What a webhook may be, its secrets and signatures by the rules of Standard Webhooks: no I/O."""

import hmac
import secrets
from base64 import b64decode, b64encode
from collections.abc import Sequence
from hashlib import sha256
from urllib.parse import urlsplit
from uuid import UUID

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from services.contracts.gateway.webhooks import NewWebhook, WebhookState
from services.contracts.shared.access import Actor
from services.kit.outside import Allowed
from services.kit.problems import Conflict, Invalid

MOST_OWN = 10
"""So many webhooks a machine can have."""
MOST_SIGNING = 5
"""So many secrets sign at once at most: each is a signature in the header of every message."""
_OF_A_KEY = "key:"
_HTTPS, _FREE_PORTS = 443, 1024
_PREFIX = "whsec_"
_BYTES = 32
_SEALED = {"alg": "dir", "enc": "A256GCM"}


def check_target(url: str, allowed: Allowed) -> None:
    """Refuse an address to which nothing may be sent; names are judged when something is sent."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise Invalid("This is not an address.", pointer="/url", code="address") from None
    if not host or port == 0:
        raise Invalid("The address names no host.", pointer="/url", code="address")
    if parts.username is not None or parts.password is not None or parts.fragment:
        detail = "An address has no user, no password and no fragment here."
        raise Invalid(detail, pointer="/url", code="address")
    if parts.scheme != "https" and not allowed.host(host):
        detail = "Only https; the operator of the installation can allow a host."
        raise Invalid(detail, pointer="/url", code="not_https")
    if port is not None and port < _FREE_PORTS and port != _HTTPS and not allowed.host(host):
        detail = "Port 443 or one from 1024 on; the others belong to other services than webhooks."
        raise Invalid(detail, pointer="/url", code="port")
    if allowed.forbids(host):
        detail = "This address lies inside; the operator of the installation can allow it."
        raise Invalid(detail, pointer="/url", code="inside")


def api_key_of(actor: Actor) -> UUID | None:
    """The API key with which a machine signed in; None for everybody else."""
    if actor.kind != "machine" or not actor.subject.startswith(_OF_A_KEY):
        return None
    return UUID(actor.subject.removeprefix(_OF_A_KEY))


def check_own(new: NewWebhook, actor: Actor, kept: int) -> None:
    """Refuse a machine a webhook that would know more than it does itself, and too many (409)."""
    for place, role in enumerate(new.roles):
        if role not in actor.roles:
            detail = "A webhook of your own has no role that your API key does not have."
            raise Invalid(detail, pointer=f"/roles/{place}", code="not_yours")
    if new.supplier not in (None, actor.supplier):
        detail = "A webhook of your own hears of your own deliveries only."
        raise Invalid(detail, pointer="/supplier", code="not_yours")
    if kept >= MOST_OWN:
        raise Conflict(f"An API key has {MOST_OWN} webhooks at most. Remove one first.")


def check_kept(state: str) -> None:
    """Refuse (409) to do anything with a removed webhook: removal is for good."""
    if state == WebhookState.removed:
        raise Conflict("The webhook is removed, which is for good. Create a new one.")


def check_rotation(signing: int, overlap_hours: int) -> None:
    """Refuse (409) one secret more beside as many as may sign; ending them at once is possible."""
    if overlap_hours and signing >= MOST_SIGNING:
        raise Conflict(
            f"{signing} secrets sign already, which is the most. Wait until one ends, or end all of"
            " them at once with overlap_hours 0."
        )


def check_active(state: str) -> None:
    """Refuse (409) to send again what happened to whom nothing is sent."""
    check_kept(state)
    if state != WebhookState.active:
        raise Conflict("The webhook is disabled. Activate it first.")


def new_secret() -> str:
    """A fresh secret: 256 random bits."""
    return _PREFIX + b64encode(secrets.token_bytes(_BYTES)).decode()


def sealing_key(secret: str) -> OctKey:
    """The key with which secrets are sealed, made of a secret of the installation."""
    return OctKey.import_key(hmac.digest(secret.encode(), b"planraum webhook secrets", "sha256"))


def sealed(secret: str, key: OctKey) -> str:
    """The secret as it is stored."""
    return jwe.encrypt_compact(_SEALED, secret.encode(), key)


def opened(stored: str, key: OctKey) -> str | None:
    """The secret again; None when it was sealed with another key."""
    try:
        plain = jwe.decrypt_compact(stored, key, algorithms=list(_SEALED.values())).plaintext
    except (JoseError, ValueError):
        return None
    return None if plain is None else plain.decode()


def signatures(message: str, timestamp: int, body: bytes, given: Sequence[str]) -> str:
    """The header `webhook-signature`: one signature for each secret, the newest first."""
    signed = f"{message}.{timestamp}.".encode() + body
    made = (hmac.new(b64decode(one.removeprefix(_PREFIX)), signed, sha256) for one in given)
    return " ".join(f"v1,{b64encode(each.digest()).decode()}" for each in made)
