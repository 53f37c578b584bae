"""Every question asked of the stored evidence files."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import literal, union_all
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.evidence_files import NewEvidenceFile
from services.kit.contents.store import Contents
from services.kit.database import municipality_of
from services.kit.paging import Paging
from services.kit.resources import Kind, matching
from services.projects.evidence_files.rules import Kept
from services.projects.evidence_files.tables import (
    EvidenceContentRow,
    EvidenceFileRow,
    EvidencePartRow,
)
from services.projects.expenditures.tables import ExpenditureRow
from services.projects.proofs_of_use.tables import ProofContentRow, ProofOfUseRow
from services.projects.target_updates.tables import TargetUpdateRow

EVIDENCE_FILES = Kind(EvidenceFileRow, "evidence-files", "projects.evidence_file")
CONTENTS = Contents(EvidenceContentRow, EvidencePartRow, EvidenceFileRow)
_MOST_NAMED = 10
"""Of those that name a file, so many are told."""


async def page(
    session: AsyncSession, paging: Paging, *, sha512: str | None, withdrawn: bool
) -> Mapping[str, Any]:
    """Evidence files by key: those with these bytes, the withdrawn ones or the others."""
    where = [
        col(EvidenceFileRow.withdrawn_at).is_not(None) == withdrawn,
        *matching(EvidenceFileRow, sha512=sha512),
    ]
    return await EVIDENCE_FILES.page(session, paging, *where)


async def same(session: AsyncSession, new: NewEvidenceFile, sha512: str) -> EvidenceFileRow | None:
    """The file that is there with these bytes and this name."""
    statement = select(EvidenceFileRow).where(
        col(EvidenceFileRow.municipality_id) == municipality_of(session).id,
        col(EvidenceFileRow.sha512) == sha512,
        col(EvidenceFileRow.file_name) == new.file_name,
        col(EvidenceFileRow.withdrawn_at).is_(None),
    )
    return (await session.exec(statement.order_by(col(EvidenceFileRow.id)))).first()


async def standing(session: AsyncSession, keys: Collection[str]) -> Mapping[str, Kept]:
    """Those of the files that are not withdrawn; until commit nobody withdraws them."""
    if not keys:
        return {}
    statement = (
        select(EvidenceFileRow)
        .where(
            col(EvidenceFileRow.municipality_id) == municipality_of(session).id,
            col(EvidenceFileRow.key).in_(keys),
            col(EvidenceFileRow.withdrawn_at).is_(None),
        )
        .order_by(col(EvidenceFileRow.key))
        .with_for_update(read=True)
    )
    return {row.key: Kept(row.file_name, row.sha512) for row in await session.exec(statement)}


async def naming(session: AsyncSession, key: str) -> Sequence[str]:
    """What names the file as its evidence, such as `expenditures/moderation`; not all of many."""
    town, named = municipality_of(session).id, [{"file": key}]
    expenditures = select(literal("expenditures/") + col(ExpenditureRow.key)).where(
        col(ExpenditureRow.municipality_id) == town, col(ExpenditureRow.evidence).contains(named)
    )
    updates = select(literal("target-updates/") + col(TargetUpdateRow.key)).where(
        col(TargetUpdateRow.municipality_id) == town, col(TargetUpdateRow.evidence).contains(named)
    )
    proofs = (
        select(literal("proofs-of-use/") + col(ProofOfUseRow.key))
        .join(
            ProofContentRow,
            (col(ProofContentRow.municipality_id) == col(ProofOfUseRow.municipality_id))
            & (col(ProofContentRow.sha256) == col(ProofOfUseRow.sha256)),
        )
        .where(
            col(ProofOfUseRow.municipality_id) == town,
            col(ProofContentRow.content).contains({"receipts": [{"files": named}]}),
        )
    )
    statement = union_all(expenditures, updates, proofs).limit(_MOST_NAMED)
    return (await (await session.connection()).execute(statement)).scalars().all()
