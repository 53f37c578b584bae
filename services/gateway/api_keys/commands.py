"""What an administrator does with API keys."""

from datetime import UTC, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.gateway.api_keys import NewApiKey, Rotation
from services.gateway.api_keys import queries, rules
from services.gateway.api_keys.queries import API_KEYS
from services.gateway.api_keys.rules import Secret
from services.gateway.api_keys.tables import ApiKeyRow, SecretRow


async def issue(session: AsyncSession, new: NewApiKey) -> tuple[ApiKeyRow, Secret]:
    """A new key and the only sight of its secret."""
    rules.check_end(new.expires_at, datetime.now(UTC))
    row = await API_KEYS.add(session, new)
    return row, await _secret(session, row)


async def rotate(session: AsyncSession, key: str, rotation: Rotation) -> tuple[ApiKeyRow, Secret]:
    """A new secret; those before it end after the overlap. Refuses a revoked key (409)."""
    now = datetime.now(UTC)
    row = await API_KEYS.one(session, key, lock=True)
    rules.check_usable(row.revoked_at)
    end = rotation.expires_at or row.expires_at
    rules.check_end(end, now)
    overlap = now + timedelta(hours=rotation.overlap_hours)
    for old in await queries.secrets_of(session, row):
        old.ends_at = min(old.ends_at or overlap, overlap)
    row.expires_at, row.changed_at = end, now
    await session.flush()
    await API_KEYS.tell(session, row, "rotated")
    session.info["revision"] = row.revision
    return row, await _secret(session, row)


async def revoke(session: AsyncSession, key: str) -> ApiKeyRow:
    """End a key and all its secrets, for good; revoking again changes nothing."""
    row = await API_KEYS.one(session, key, lock=True)
    if row.revoked_at is None:
        row.revoked_at = datetime.now(UTC)
        await session.flush()
        await API_KEYS.tell(session, row, "revoked")
    session.info["revision"] = row.revision
    return row


async def _secret(session: AsyncSession, row: ApiKeyRow) -> Secret:
    made = rules.new_secret(row.municipality_id)
    session.add(
        SecretRow(
            municipality_id=row.municipality_id, id=made.id, api_key=row.id, digest=made.digest
        )
    )
    await session.flush()
    return made
