"""What will change in the composition of a body."""

from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.bodies.queries import BODIES
from services.boards.forecasts import words
from services.boards.forecasts.rules import Change, changes
from services.boards.rosters.queries import with_people
from services.boards.rosters.rules import Roster, Sight
from services.boards.tenures.rules import months_later
from services.boards.violations.words import told
from services.contracts.boards.forecasts import Forecast, ForecastChange


async def forecast(session: AsyncSession, key: str, on: date, months: int) -> Forecast:
    """The days on which something changes, and what is wrong from then on."""
    body = await BODIES.one(session, key)
    roster, sight, _ = await with_people(session, body.key)
    until = months_later(on, months)
    found = (_shown(change, roster, sight) for change in changes(roster, on, until))
    seen = [one for one in found if one.events or one.appears or one.disappears]
    return Forecast(body=body.key, on=on, until=until, changes=seen)


def _shown(change: Change, roster: Roster, sight: Sight) -> ForecastChange:
    events = (words.told(event, roster, sight) for event in change.events)
    appears = (told(finding, roster, sight) for finding in change.appears)
    disappears = (told(finding, roster, sight) for finding in change.disappears)
    return ForecastChange(
        on=change.on,
        complete=all(full for seat, full in change.complete.items() if seat in sight.seats),
        events=[one for one in events if one is not None],
        appears=[one for one in appears if one is not None],
        disappears=[one for one in disappears if one is not None],
    )
