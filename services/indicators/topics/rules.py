"""What a topic may be: pure functions."""

from collections.abc import Mapping

from services.kit.problems import Invalid


def check_parent(key: str, parent: str | None, parents: Mapping[str, str | None]) -> None:
    """Refuse a topic that would be part of itself, directly or through others.

    `parents` maps each topic to the one it is part of.
    """
    above, seen = parent, {key}
    while above is not None:
        if above in seen:
            raise Invalid("No topic is part of itself.", pointer="/parent", code="cycle")
        seen.add(above)
        above = parents.get(above)
