"""What a person does with proofs of use."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.proofs_of_use import NewProofOfUse
from services.contracts.shared.base import Visibility
from services.kit.database import actor_of
from services.kit.days import today
from services.projects.evidence_files.commands import hold
from services.projects.grants.queries import GRANTS
from services.projects.proof_drafts import queries as drafts
from services.projects.proof_reports.rules import with_reasons
from services.projects.proofs_of_use import queries, rules
from services.projects.proofs_of_use.queries import PROOFS
from services.projects.proofs_of_use.tables import ProofOfUseRow


async def make(session: AsyncSession, key: str, new: NewProofOfUse) -> ProofOfUseRow:
    """Make a proof of use: what it says is frozen with it. Nothing becomes done by it."""
    on = new.on or today()
    rules.check_day(on, today())
    grant = await GRANTS.one(session, key, lock=True)
    proof = with_reasons(await drafts.of_grant(session, grant.key, on), new.reasons)
    await hold(session, proof)
    digest, content = rules.frozen(proof)
    await queries.keep(session, digest, content)
    return await PROOFS.add(
        session,
        new,
        on=on,
        grant=grant.key,
        number=await queries.count(session, grant.key) + 1,
        made_by=actor_of(session).subject,
        sha256=digest,
        obligation=proof.obligation,
        visibility=Visibility.administration,
    )
