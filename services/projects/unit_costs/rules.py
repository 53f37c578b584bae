"""What one result costs and what money brings along: pure functions over exact decimals."""

from decimal import Decimal

from services.contracts.projects.figures import Figure, Reason, Unit
from services.projects.computing import Computation, euros, ratio


def unit_cost(cost: Decimal | None, outputs: Decimal | None) -> Figure:
    """Cost of one output (Stückkosten)."""
    inputs = {"cost": euros(cost), "outputs": (outputs, Unit.number)}
    each = Computation("unit_cost", Unit.euro, "cost / outputs", inputs)
    if cost is None:
        return each.lacks(Reason.no_amount)
    return each.gives(ratio(cost, outputs)) if outputs else each.lacks(Reason.no_output)


def leverage(third_party: Decimal | None, own: Decimal | None) -> Figure:
    """Euros of others for each euro of one's own (Hebel)."""
    inputs = {"third_party": euros(third_party), "own": euros(own)}
    lever = Computation("leverage", Unit.ratio, "third_party / own", inputs)
    if third_party is None or own is None:
        return lever.lacks(Reason.no_amount)
    return lever.lacks(Reason.no_own_money) if own == 0 else lever.gives(ratio(third_party, own))
