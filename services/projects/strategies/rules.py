"""What a strategy may be: pure functions."""

from services.contracts.projects.strategies import NewStrategy, StrategyState
from services.projects.references.rules import (
    AREA,
    BODY,
    ORGANISATION,
    RESOLUTION,
    Ground,
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


def ground(
    new: NewStrategy, resolution: str | None = None, state: StrategyState | None = None
) -> Ground | None:
    """The resolution when it is named anew, or when the strategy is adopted by it; `resolution`
    and `state` are those before."""
    begins = new.state is StrategyState.adopted and new.state is not state
    if new.resolution is None or (new.resolution == resolution and not begins):
        return None
    return Ground(
        new.resolution,
        "/resolution",
        lasting=new.state is not StrategyState.superseded,
        anew=new.resolution != resolution,
    )
