"""Areas and what they lie in: pure functions."""

from collections.abc import Iterable, Mapping, Sequence


class Tree:
    """Areas by key, each with the one it lies in; one that nobody knows lies in none."""

    def __init__(self, parents: Mapping[str, str | None]) -> None:
        self._parents = parents

    def up(self, area: str) -> Sequence[str]:
        """The area, then what it lies in, the nearest first."""
        found: dict[str, None] = {}
        at: str | None = area
        while at is not None and at not in found:
            found[at] = None
            at = self._parents.get(at)
        return list(found)

    def nearest(self, area: str, among: Iterable[str]) -> str | None:
        """Of some areas the one that is this area, or the nearest that it lies in."""
        named = set(among)
        return next((one for one in self.up(area) if one in named), None)
