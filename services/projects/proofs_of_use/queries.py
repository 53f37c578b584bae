"""Every question asked of the stored proofs of use."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.proofs_of_use import FrozenProof, ProofEdition, ProofOfUse
from services.kit.database import municipality_of
from services.kit.paging import Paging
from services.kit.resources import Kind
from services.projects.grants.queries import GRANTS
from services.projects.proofs_of_use.tables import ProofContentRow, ProofOfUseRow

PROOFS = Kind(ProofOfUseRow, "proofs-of-use", "projects.proof_of_use", within={"grant": GRANTS})


async def page(session: AsyncSession, paging: Paging, *, grant: str | None) -> Mapping[str, Any]:
    """Proofs of use by key, of one grant."""
    where = [] if grant is None else [col(ProofOfUseRow.grant) == grant]
    return await PROOFS.page(session, paging, *where)


async def one(session: AsyncSession, key: str) -> FrozenProof:
    """A proof of use with all that it says."""
    row = await PROOFS.one(session, key)
    session.info.pop("revision")  # an ETag would be the same for each of its forms
    statement = select(ProofContentRow.content).where(
        col(ProofContentRow.municipality_id) == municipality_of(session).id,
        col(ProofContentRow.sha256) == row.sha256,
    )
    content = ProofOfUse.model_validate((await session.exec(statement)).one())
    told = ProofEdition.model_validate(row).model_dump()
    return FrozenProof.model_validate({**told, "content": content})


async def count(session: AsyncSession, grant: str) -> int:
    """How many were made of a grant, which the caller has locked."""
    statement = select(func.count()).where(
        col(ProofOfUseRow.municipality_id) == municipality_of(session).id,
        col(ProofOfUseRow.grant) == grant,
    )
    return (await session.exec(statement)).one()


async def keep(session: AsyncSession, digest: str, content: Mapping[str, Any]) -> None:
    """Keep what a proof says; the same twice is kept once."""
    row = {"municipality_id": municipality_of(session).id, "sha256": digest, "content": content}
    statement = insert(ProofContentRow).values(row).on_conflict_do_nothing()
    await (await session.connection()).execute(statement)
