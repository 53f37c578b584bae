"""What an organisation may be: pure functions."""

from collections.abc import Mapping

from services.kit.problems import Invalid


def check_parent(key: str, parent: str | None, parents: Mapping[str, str | None]) -> None:
    """Refuse something that would be part of itself, directly or through others.

    `parents` maps each key to the key of what it is part of.
    """
    above, seen = parent, {key}
    while above is not None:
        if above in seen:
            raise Invalid("Nothing can be part of itself.", pointer="/parent", code="cycle")
        seen.add(above)
        above = parents.get(above)
