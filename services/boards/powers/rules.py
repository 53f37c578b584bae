"""Which powers a body can have: pure functions."""

from collections.abc import Collection

from services.contracts.boards.bodies import BodyKind, Mandate
from services.contracts.boards.powers import PowerKind
from services.kit.problems import Invalid

_DECIDING = frozenset({PowerKind.decides_offers, PowerKind.legitimises_strategy})


def check(kind: PowerKind, body: BodyKind, mandates: Collection[str]) -> None:
    """Refuse a power that the mandate of the body does not carry.

    A strategy is legitimised by the Stadtrat or Kreistag alone; an advisory board has no power.
    """
    if kind == PowerKind.legitimises_strategy and body != BodyKind.council:
        raise Invalid(
            "A strategy is legitimised by the council.", pointer="/kind", code="not-a-council"
        )
    carried = Mandate.decides in mandates or (kind not in _DECIDING and Mandate.steers in mandates)
    if not carried:
        raise Invalid(
            "The mandate of the body does not carry this power.",
            pointer="/kind",
            code="no-mandate",
        )
