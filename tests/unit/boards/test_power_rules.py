"""Which powers a body can have."""

import itertools

import pytest

from services.boards.powers.rules import check
from services.contracts.boards.bodies import BodyKind, Mandate
from services.contracts.boards.powers import PowerKind
from services.kit.problems import Invalid

OF_WHO_DECIDES = (PowerKind.decides_offers, PowerKind.legitimises_strategy)


@pytest.mark.parametrize(
    ("kind", "body", "mandate"),
    list(itertools.product(PowerKind, BodyKind, [None, *Mandate])),
)
def test_a_power_follows_from_a_mandate_and_strategies_are_the_councils(
    kind: PowerKind, body: BodyKind, mandate: Mandate | None
) -> None:
    may = mandate == Mandate.decides or (mandate == Mandate.steers and kind not in OF_WHO_DECIDES)
    if kind == PowerKind.legitimises_strategy and body != BodyKind.council:
        may = False
    if may:
        check(kind, body, [mandate] if mandate else [])
    else:
        with pytest.raises(Invalid):
            check(kind, body, [mandate] if mandate else [])
