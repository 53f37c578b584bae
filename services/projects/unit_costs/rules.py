"""What one result costs and what money brings along: pure functions over exact decimals."""

from decimal import Decimal

from services.contracts.projects.figures import Figure, Reason, Unit
from services.projects.computing import Computation, Given, euros, ratio


def unit_cost(cost: Decimal | None, outputs: Decimal | None) -> Figure:
    """Cost of one output (Stückkosten)."""
    return _each("unit_cost", cost, "outputs", outputs)


def cost_per_participant(cost: Decimal | None, participants: int | None) -> Figure:
    """Cost of one participant."""
    count = None if participants is None else Decimal(participants)
    return _each("cost_per_participant", cost, "participants", count)


def leverage(third_party: Decimal | None, own: Decimal | None) -> Figure:
    """Euros of others for each euro of one's own (Hebel)."""
    inputs = {"third_party": euros(third_party), "own": euros(own)}
    lever = Computation("leverage", Unit.ratio, "third_party / own", inputs)
    if third_party is None or own is None:
        return lever.lacks(Reason.no_amount)
    return lever.lacks(Reason.no_own_money) if own == 0 else lever.gives(ratio(third_party, own))


def _each(key: str, cost: Decimal | None, counted: str, count: Decimal | None) -> Figure:
    inputs: dict[str, Given] = {"cost": euros(cost), counted: count}
    each = Computation(key, Unit.euro, f"cost / {counted}", inputs)
    if cost is None:
        return each.lacks(Reason.no_amount)
    return each.gives(ratio(cost, count)) if count else each.lacks(Reason.no_output)
