"""What a person does with bookings."""

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.bookings import Booking, BookingTakeover
from services.contracts.projects.expenditures import ExpenditureState
from services.contracts.shared.base import Visibility
from services.kit.resources import aside
from services.projects.bookings import queries, rules
from services.projects.expenditures.queries import EXPENDITURES
from services.projects.expenditures.rules import divided
from services.projects.expenditures.tables import ExpenditureRow
from services.projects.grants.queries import GRANTS


async def take_over(session: AsyncSession, new: BookingTakeover) -> Sequence[ExpenditureRow]:
    """Make expenditures of bookings; the money counts once, as the expenditure."""
    rows = {row.id: row for row in await queries.locked(session, new.bookings)}
    found = {key: Booking.model_validate(row) for key, row in rows.items()}
    rules.check(new, list(found.values()))
    made = []
    for booking in new.bookings:
        grant = found[booking].grant
        assert grant is not None
        with aside(session):
            project = (await GRANTS.one(session, grant)).project
            spent = rules.expenditure(found[booking], grant, project, new)
            row = await EXPENDITURES.add(
                session,
                spent,
                visibility=Visibility.administration,
                state=ExpenditureState.entered,
                booking=booking,
                **divided(spent)._asdict(),
            )
        rows[booking].expenditure = row.key
        made.append(row)
    session.info.pop("location", None)
    session.info.pop("revision", None)
    return made
