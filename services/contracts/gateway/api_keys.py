"""API keys: how machines of an office or a supplier sign in (Zugangsschlüssel)."""

from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, Field

from services.contracts.shared.access import Role
from services.contracts.shared.base import Key, Line, Request, Stored, example


def _real_roles(roles: list[Role]) -> list[Role]:
    if Role.public in roles:
        raise ValueError("everybody is public; name what the machine is beyond that")
    return sorted(set(roles))


class NewApiKey(Request):
    """A key for one machine and one purpose in one municipality (Zugangsschlüssel)."""

    model_config = example(
        key="jenarbeit-lieferung",
        purpose="Monthly delivery of figures on basic income support (SGB II)",
        roles=["supplier"],
        supplier="jenarbeit",
        expires_at="2027-01-31T23:00:00Z",
    )

    key: Key
    purpose: Line = Field(description="What the machine does with it, for whoever reviews keys.")
    roles: Annotated[list[Role], AfterValidator(_real_roles)] = Field(min_length=1)
    supplier: Annotated[
        Key | None, Field(description="Key of the organisation that the machine delivers for.")
    ] = None
    expires_at: AwareDatetime = Field(
        description="In the future, at most two years away. Rotation can move it."
    )


class ApiKey(Stored, NewApiKey):
    """An API key as it is stored; the secret is not."""

    model_config = {**Stored.model_config, **NewApiKey.model_config, "extra": "ignore"}

    revoked_at: datetime | None = Field(description="When it was revoked, or null.")
    last_used_on: date | None = Field(
        description="Last day (UTC) on which it was used, or null when it never was."
    )


class IssuedApiKey(ApiKey):
    """An API key with its secret, shown this once (einmalige Anzeige)."""

    token: str = Field(
        description="Send it as `Authorization: Bearer ...`. Not stored, never shown again.",
        examples=["planraum_160530000000k3v9d2xq_0f4c..."],
    )


class Rotation(Request):
    """How long the secret before the new one goes on working (Überlappung)."""

    model_config = example(overlap_hours=24, expires_at="2027-06-30T22:00:00Z")

    overlap_hours: int = Field(
        default=24, ge=0, le=168, description="0 ends the old secret at once."
    )
    expires_at: AwareDatetime | None = Field(
        default=None, description="A new end for the key; null keeps the present one."
    )
