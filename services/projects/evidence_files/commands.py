"""What a person does with evidence files."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TypeVar

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.evidence_files import NewEvidenceFile
from services.contracts.projects.proofs_of_use import ProofOfUse
from services.contracts.projects.receipts import ReceiptFile
from services.contracts.projects.target_updates import Proof
from services.contracts.shared.base import Visibility
from services.kit.contents.receiving import Received
from services.kit.contents.rules import check_not_twice
from services.kit.keys import opaque
from services.projects.evidence_files import queries, rules
from services.projects.evidence_files.queries import CONTENTS, EVIDENCE_FILES
from services.projects.evidence_files.tables import EvidenceFileRow

E = TypeVar("E", ReceiptFile, Proof)


async def upload(
    session: AsyncSession, received: Received, new: NewEvidenceFile
) -> tuple[EvidenceFileRow, bool]:
    """Keep what a person sends; the file, and whether it is new.

    The same bytes with the same name are the same file.
    """
    facts = await CONTENTS.take(session, received, new.file_name)
    known = await queries.same(session, new, facts["sha512"])
    if known is not None:
        session.info["revision"] = known.revision
        return known, False
    row = await EVIDENCE_FILES.add(
        session,
        new,
        key=new.key or opaque("e"),
        visibility=Visibility.administration,
        **facts,
    )
    return row, True


async def withdraw(session: AsyncSession, key: str, reason: str) -> EvidenceFileRow:
    """Withdraw a file that proves nothing; its bytes go when no other file has them."""
    row = await EVIDENCE_FILES.one(session, key, lock=True)
    check_not_twice(row.key, row.withdrawn_at is not None)
    rules.check_unused(row.key, await queries.naming(session, row.key))
    row.withdrawn_at, row.reason = datetime.now(UTC), reason
    await session.flush()
    await CONTENTS.forget(session, row.sha512)
    await EVIDENCE_FILES.tell(session, row, "withdrawn")
    session.info["revision"] = row.revision
    return row


async def completed(session: AsyncSession, evidence: Sequence[E]) -> list[E]:
    """Evidence of something that is stored now, with what is known of the files it names."""
    kept = await queries.standing(session, rules.files_of(evidence))
    return rules.completed(evidence, kept)


async def hold(session: AsyncSession, proof: ProofOfUse) -> None:
    """Keep what the receipts of a proof of use name, now that it is made."""
    rules.check_kept(proof, await queries.standing(session, rules.proof_files(proof)))
