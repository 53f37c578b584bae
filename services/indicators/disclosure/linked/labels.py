"""What the reasons that are given for hidden figures tell of them."""

from services.indicators.disclosure.rules import Definition

_OF_OTHERS = frozenset({"input", "rate", "ratio", "precision"})
SMALL, SECONDARY, LINKED, COMPLEMENT = "threshold", "secondary", "linked", "complement"


def told(rule: str, own: Definition) -> tuple[float, float | None]:
    """From where to where (None: open) a figure lies that is hidden for this reason.

    In its own units. Whoever sees a figure hidden where zeros are shown knows that there is
    somebody; "threshold:3" says that it is one or two, "secondary" that they are at least three.
    """
    one = 1 / own.cases_per_unit
    some = one if own.rule.zero_is_safe else 0.0
    name, _, number = rule.partition(":")
    if name == SMALL and number.isdecimal():
        return some, (int(number) - 1) * one
    if name == SECONDARY:
        return (own.minimum or 1) * one, None
    return some, None


def is_for_good(reason: str) -> bool:
    """Does a figure stay hidden that was hidden for this reason, as long as it is the same?

    Not if it was hidden only for what it was computed from.
    """
    return bool(reason) and reason.partition(":")[0] not in _OF_OTHERS


def minimum_of(rule: str) -> int:
    """The minimum that a reason names; 0 if it names none."""
    name, _, number = rule.partition(":")
    return int(number) if name == SMALL and number.isdecimal() else 0
