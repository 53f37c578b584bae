"""What follows for a paper when a body has voted on it."""

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.consultations.queries import CONSULTATIONS
from services.boards.grounds.queries import Ground
from services.contracts.boards.consultations import ConsultationState


async def held(session: AsyncSession, ground: Ground) -> None:
    """The step of the paper's way on which the body has voted is held."""
    step = ground.consultation
    if step is not None and step.state != ConsultationState.held:
        step.state = ConsultationState.held
        await session.flush()
        await CONSULTATIONS.tell(session, step, "changed", fields=["state"])
