"""What a measure may be: pure functions."""

from services.contracts.projects.measures import MeasureState, NewMeasure
from services.projects.references.rules import AREA, ORGANISATION, Pointing, listed

STEPS = {
    MeasureState.planned: {MeasureState.running, MeasureState.withdrawn},
    MeasureState.running: {MeasureState.completed, MeasureState.withdrawn},
    MeasureState.completed: {MeasureState.running},
    MeasureState.withdrawn: {MeasureState.planned},
}
"""A completed measure can be taken up again, a withdrawn one planned anew."""


def references(new: NewMeasure) -> list[Pointing]:
    """What it names of other services."""
    return [
        *listed(AREA, new.areas, "/areas"),
        Pointing(ORGANISATION, new.responsible, "/responsible"),
    ]
