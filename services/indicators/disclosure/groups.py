"""Which indicators tell of one another."""

from collections.abc import Iterator, Mapping

from services.indicators.disclosure.rules import Definition


def groups(definitions: Mapping[str, Definition]) -> dict[str, frozenset[str]]:
    """For each indicator all those that its figures can be calculated from or help to calculate.

    Numerators, denominators, inputs and parts of one whole, over any number of steps. What is open
    by its rule is a constant to all others and links none of them with each other.
    """
    group = {key: {key} for key in definitions}
    known = [together & definitions.keys() for together in _linked(definitions)]
    for together in known:
        closed = [key for key in together if not definitions[key].is_open]
        for key in closed[1:]:
            if group[key] is not group[closed[0]]:
                group[closed[0]] |= group[key]
                for member in group[key]:
                    group[member] = group[closed[0]]
    joined = {id(members): set(members) for members in group.values()}
    for together in known:
        for key in together:
            joined[id(group[key])] |= {other for other in together if definitions[other].is_open}
    return {key: frozenset(joined[id(members)]) for key, members in group.items()}


def _linked(definitions: Mapping[str, Definition]) -> Iterator[set[str]]:
    """Indicators of which each can be calculated from the others."""
    for key, own in definitions.items():
        yield {key, *filter(None, (own.numerator, own.denominator))}
        yield {key, *own.inputs}
        for parts in own.sums:
            yield {key, *parts}
