"""What an organisation may be: pure functions."""

from collections.abc import Mapping

from services.kit.problems import Invalid


def check_parent(key: str, parent: str | None, parents: Mapping[str, str | None]) -> None:
    """Refuse an organisation that would be part of itself, directly or through others.

    `parents` maps each organisation to the one it is part of.
    """
    above, seen = parent, {key}
    while above is not None:
        if above in seen:
            raise Invalid(
                "An organisation cannot be part of itself.", pointer="/parent", code="cycle"
            )
        seen.add(above)
        above = parents.get(above)
