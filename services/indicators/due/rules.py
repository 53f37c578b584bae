"""Deadlines of figures, in words: pure functions."""

from collections.abc import Mapping
from typing import Any

from services.contracts.indicators.slots import SlotPeriod, SlotState
from services.contracts.shared.base import Language
from services.contracts.shared.deadlines import DeadlineKind, Due
from services.kit.deadlines import phrase

_TITLE: Mapping[Language, str] = {
    "de": "Lieferung {period}: {title}",
    "en": "Delivery {period}: {title}",
    "it": "Consegna {period}: {title}",
}
_MISSING: Mapping[Language, str] = {
    "de": "Es fehlen: {missing}",
    "en": "Missing: {missing}",
    "it": "Mancano: {missing}",
}


def delivery(slot: Any, period: SlotPeriod) -> Due:
    """What a supplier has agreed to deliver by a day."""
    missing = ", ".join(period.missing)
    return Due(
        id=f"delivery/{slot.key}/{period.period}",
        kind=DeadlineKind.delivery,
        on=period.due_on,
        title=phrase(_TITLE, period=period.period, title=slot.title),
        what=f"slot:{slot.key}",
        path=f"slots/{slot.key}/periods",
        responsible=[f"organisation:{slot.supplier}"],
        done=period.state is SlotState.received,
        clause=None,
        reason=phrase(_MISSING, missing=missing) if missing else None,
        starts_at=None,
        revision=slot.revision,
        changed_at=slot.changed_at,
    )
