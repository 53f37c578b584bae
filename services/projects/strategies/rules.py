"""What a strategy may be: pure functions."""

from services.contracts.projects.strategies import NewStrategy, StrategyState
from services.projects.references.rules import (
    AREA,
    BODY,
    ORGANISATION,
    RESOLUTION,
    Pointing,
    listed,
)

STEPS = {
    StrategyState.drafting: {StrategyState.consulted, StrategyState.adopted},
    StrategyState.consulted: {StrategyState.drafting, StrategyState.adopted},
    StrategyState.adopted: {StrategyState.superseded},
    StrategyState.superseded: set[StrategyState](),
}
"""What was consulted can go back to drafting; what was adopted can only be superseded."""


def references(new: NewStrategy) -> list[Pointing]:
    """What it names of other services."""
    return [
        Pointing(ORGANISATION, new.prepared_by, "/prepared_by"),
        Pointing(BODY, new.deciding_body, "/deciding_body"),
        Pointing(RESOLUTION, new.resolution, "/resolution"),
        *listed(AREA, new.areas, "/areas"),
    ]
