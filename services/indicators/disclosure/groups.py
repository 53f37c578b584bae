"""Which indicators tell of one another."""

from collections.abc import Mapping

from services.indicators.disclosure.rules import Definition


def groups(definitions: Mapping[str, Definition]) -> dict[str, frozenset[str]]:
    """For each indicator all those that its figures can be calculated from or help to calculate.

    Numerators, denominators and parts of one whole, over any number of steps.
    """
    group = {key: {key} for key in definitions}
    for key, own in definitions.items():
        named = {own.numerator, own.denominator, *own.inputs}
        named |= {part for parts in own.sums for part in parts}
        for part in named:
            if part is None or part not in group:
                continue
            if group[part] is not group[key]:
                group[key] |= group[part]
                for member in group[part]:
                    group[member] = group[key]
    return {key: frozenset(members) for key, members in group.items()}
