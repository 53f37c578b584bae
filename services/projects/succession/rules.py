"""The line of programmes that continue one another: pure functions."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date


def line(key: str, predecessors: Mapping[str, str | None]) -> list[str]:
    """The programmes before and after this one, the earlier before the later; what somebody
    entered as a circle ends. `predecessors` maps each programme to the one it continues."""
    before, at = [key], predecessors.get(key)
    while at is not None and at in predecessors and at not in before:
        before.append(at)
        at = predecessors[at]
    after: dict[str, list[str]] = defaultdict(list)
    for programme, continued in sorted(predecessors.items()):
        if continued is not None:
            after[continued].append(programme)
    found = before[::-1]
    ahead = list(after[key])
    while ahead:
        programme = ahead.pop(0)
        if programme not in found:
            found.append(programme)
            ahead += after[programme]
    return found


def years(spans: Sequence[tuple[str, date | None, date | None]]) -> dict[int, list[str]]:
    """Which grants ran in which year, from the first to the last year known; a year without any is
    empty. A grant with an unknown day counts in the year of the one that is known."""
    known = [(key, s or e, e or s) for key, s, e in spans]
    dated = [(key, s.year, e.year) for key, s, e in known if s is not None and e is not None]
    if not dated:
        return {}
    first, last = min(s for _, s, _ in dated), max(e for _, _, e in dated)
    return {year: [key for key, s, e in dated if s <= year <= e] for year in range(first, last + 1)}
