"""The plane geometry of a closed ring of positions: its area, and whether it meets itself."""

from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

Position = tuple[float, float]

MOST_COMPARISONS = 100  # of a segment with others, on average
_SMALLEST = 1e-13  # square degrees: about a square millimetre


class Crossing(NamedTuple):
    """Where a ring meets itself: the index of the position, and how."""

    at: int
    detail: str


def doubled_area(ring: list[list[float]]) -> float:
    """Twice the area in square degrees, positive if the ring runs counterclockwise.

    Zero if it is smaller than a square millimetre.
    """
    x0, y0 = ring[0]
    total = 0.0
    for (x1, y1), (x2, y2) in pairwise(ring):
        total += (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
    return total if abs(total) > _SMALLEST else 0.0


def crossing(ring: list[list[float]]) -> Crossing | None:
    """The first place found where the ring crosses, touches or runs back along itself.

    Segments are compared along one axis, in the order of their beginning there; a ring that needs
    more than a hundred comparisons per segment is refused as too intricate.
    """
    segments = _segments(ring)
    count = len(segments)
    wide = max(p[0] for p in ring) - min(p[0] for p in ring)
    high = max(p[1] for p in ring) - min(p[1] for p in ring)
    axis = 0 if wide >= high else 1
    across = 1 - axis
    order = sorted(range(count), key=lambda n: min(segments[n][1][axis], segments[n][2][axis]))
    boxes = [
        (
            min(a[axis], b[axis]),
            max(a[axis], b[axis]),
            min(a[across], b[across]),
            max(a[across], b[across]),
        )
        for _, a, b in segments
    ]
    comparisons = 0
    active: list[int] = []
    for n in order:
        start, _, low, top = boxes[n]
        active = [m for m in active if boxes[m][1] >= start]
        comparisons += len(active)
        if comparisons > MOST_COMPARISONS * count:
            return Crossing(segments[n][0], "the ring is too intricate; simplify it")
        for m in active:
            if boxes[m][2] <= top and low <= boxes[m][3] and _meet(segments, n, m, count):
                return Crossing(segments[max(n, m)][0], "the ring crosses or touches itself")
        active.append(n)
    return None


_Segment = tuple[int, Position, Position]


def _segments(ring: list[list[float]]) -> list[_Segment]:
    """The segments with the index of their first position, repeated positions left out."""
    segments = []
    for n, ((x1, y1), (x2, y2)) in enumerate(pairwise(ring)):
        if (x1, y1) != (x2, y2):
            segments.append((n, (x1, y1), (x2, y2)))
    return segments


def _meet(segments: list[_Segment], n: int, m: int, count: int) -> bool:
    _, a, b = segments[n]
    _, c, d = segments[m]
    if (n + 1) % count == m:
        return _runs_back(a, b, d)
    if (m + 1) % count == n:
        return _runs_back(c, d, b)
    abc, abd = _turn(a, b, c), _turn(a, b, d)
    cda, cdb = _turn(c, d, a), _turn(c, d, b)
    if abc * abd < 0 and cda * cdb < 0:
        return True
    return (
        (abc == 0 and _between(a, b, c))
        or (abd == 0 and _between(a, b, d))
        or (cda == 0 and _between(c, d, a))
        or (cdb == 0 and _between(c, d, b))
    )


def _runs_back(a: Position, b: Position, c: Position) -> bool:
    """Whether the way from b to c goes back along the way from a to b."""
    if _turn(a, b, c):
        return False
    return (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]) < 0


def _between(a: Position, b: Position, c: Position) -> bool:
    return min(a[0], b[0]) <= c[0] <= max(a[0], b[0]) and min(a[1], b[1]) <= c[1] <= max(a[1], b[1])


def _turn(a: Position, b: Position, c: Position) -> int:
    """1 if c lies left of the line from a to b, -1 if right, 0 if exactly on it."""
    left = (b[0] - a[0]) * (c[1] - a[1])
    right = (b[1] - a[1]) * (c[0] - a[0])
    turn = left - right
    # Rounding cannot change the sign of a difference this large; smaller ones are done exactly.
    if abs(turn) > 1e-14 * (abs(left) + abs(right)):
        return 1 if turn > 0 else -1
    ax, ay = Fraction(a[0]), Fraction(a[1])
    exact = (Fraction(b[0]) - ax) * (Fraction(c[1]) - ay)
    exact -= (Fraction(b[1]) - ay) * (Fraction(c[0]) - ax)
    return (exact > 0) - (exact < 0)
