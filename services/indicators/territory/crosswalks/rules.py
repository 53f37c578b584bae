"""What a change of the territory may be: pure functions over areas and moves."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal

from services.contracts.indicators.territory import Crossing, Move, MoveKind, WeightKind
from services.contracts.shared.problems import Fault

ONE = Decimal(1)
By = dict[str, list[int]]


Territory = Mapping[str, str]
"""The areas of one day, each with its level."""


def place_faults(moves: Sequence[Move], before: Territory, after: Territory) -> list[Fault]:
    """Moves that lead from or to an area that is not there, change its level or are repeated."""
    faults = []
    seen: set[tuple[str, str]] = set()
    for n, move in enumerate(moves):
        place = (move.from_area, move.to_area)
        if place in seen:
            faults.append(_fault(n, "", "repeated", "The same move is listed twice."))
        seen.add(place)
        if move.from_area not in before:
            detail = f"{move.from_area} is not valid on the day before."
            faults.append(_fault(n, "/from_area", "not_valid", detail))
        if move.to_area not in after:
            detail = f"{move.to_area} is not valid on the day."
            faults.append(_fault(n, "/to_area", "not_valid", detail))
        elif before.get(move.from_area, after[move.to_area]) != (after[move.to_area]):
            detail = f"{move.to_area} is of another level than {move.from_area}."
            faults.append(_fault(n, "/to_area", "level", detail))
    return faults


def gap_faults(
    moves: Sequence[Move], before: Territory, after: Territory, moved_elsewhere: Collection[str]
) -> list[Fault]:
    """Areas that end and go nowhere, and areas that stay though all of them went elsewhere.

    Figures would be lost, or counted twice. `moved_elsewhere` are the areas that other crosswalks
    of the same day move.
    """
    faults = []
    sources = by_source(moves)
    concerned = {before[area] for area in sources if area in before}
    for area in sorted(before.keys() - after.keys() - sources.keys()):
        if before[area] in concerned and area not in moved_elsewhere:
            detail = f"{area} ends on this day and goes nowhere."
            faults.append(Fault(pointer="/moves", code="goes_nowhere", detail=detail))
    for area, places in sources.items():
        stays = any(moves[n].to_area == area for n in places)
        if area in after and not stays:
            detail = f"{area} is still there on this day: add the move to itself that says how much"
            faults.append(_fault(places[0], "/from_area", "stays", detail))
    return faults


def share_faults(moves: Sequence[Move], kinds: Collection[WeightKind]) -> list[Fault]:
    """Shares that are of no listed kind, incomplete, or do not add up to 1."""
    faults = []
    for n, move in enumerate(moves):
        for name, shares in (("shares", move.shares), ("back", move.back)):
            for kind in shares.keys() - set(kinds):
                detail = "The weighting does not list this kind."
                faults.append(_fault(n, f"/{name}/{kind}", "unlisted", detail))
    for name, groups in (("shares", by_source(moves)), ("back", by_target(moves))):
        for area, places in groups.items():
            for kind in kinds:
                stated = {n: getattr(moves[n], name).get(kind) for n in places}
                given = {n: share for n, share in stated.items() if share is not None}
                if not given:
                    continue
                lacking = [n for n in places if n not in given]
                total = sum(given.values())
                if lacking:
                    detail = f"Another move of {area} states this share."
                    faults.append(_fault(lacking[0], f"/{name}/{kind}", "lacking", detail))
                elif total != ONE:
                    detail = f"The shares of {area} add up to {total}, not to 1."
                    faults.append(_fault(places[0], f"/{name}/{kind}", "sum", detail))
    return faults


def lacking_faults(moves: Sequence[Move], kinds: Sequence[WeightKind]) -> list[Fault]:
    """Areas that are divided though nobody says by what."""
    faults = []
    for area, places in by_source(moves).items():
        if len(places) == 1:
            continue
        for kind in kinds:
            if kind not in moves[places[0]].shares:
                detail = f"{area} is divided: which part goes here?"
                faults.append(_fault(places[0], f"/shares/{kind}", "lacking", detail))
    return faults


def with_those_that_stay(moves: Sequence[Move], before: Territory) -> list[Move]:
    """The moves, and one to itself for each area that gets something and keeps all it had."""
    sources, targets = by_source(moves), by_target(moves)
    staying = [area for area in targets if area in before and area not in sources]
    return [*moves, *(Move(from_area=area, to_area=area) for area in staying)]


def crossings(moves: Sequence[Move], kinds: Sequence[WeightKind]) -> list[Crossing]:
    """The complete moves with their kind; `moves` has those that stay and every share.

    A share that is the only one of its area is 1, on the way back too.
    """
    sources, targets = by_source(moves), by_target(moves)
    found = []
    for move in moves:
        parts, origins = sources[move.from_area], targets[move.to_area]
        alone = dict.fromkeys(kinds, ONE)
        found.append(
            Crossing(
                from_area=move.from_area,
                to_area=move.to_area,
                kind=_kind(moves, parts, origins, targets),
                shares=alone if len(parts) == 1 else move.shares,
                back=alone if len(origins) == 1 else move.back,
            )
        )
    return found


def without_origin(
    moves: Sequence[Move], before: Territory, after: Territory, fed_elsewhere: Collection[str]
) -> list[str]:
    """Areas of the levels concerned that begin on the day and get nothing from any other."""
    concerned = {after[move.to_area] for move in moves}
    begun = after.keys() - before.keys() - by_target(moves).keys()
    return sorted(a for a in begun - set(fed_elsewhere) if after[a] in concerned)


def by_source(moves: Iterable[Move]) -> By:
    """The places of the moves of each area."""
    return _grouped(move.from_area for move in moves)


def by_target(moves: Iterable[Move]) -> By:
    """The places of the moves to each area."""
    return _grouped(move.to_area for move in moves)


def _grouped(areas: Iterable[str]) -> By:
    found: By = defaultdict(list)
    for n, area in enumerate(areas):
        found[area].append(n)
    return dict(found)


def _kind(
    moves: Sequence[Move],
    parts: Sequence[int],
    origins: Sequence[int],
    targets: Mapping[str, list[int]],
) -> MoveKind:
    if len(parts) == 1:
        return MoveKind.renaming if len(origins) == 1 else MoveKind.merging
    alone = all(len(targets[moves[n].to_area]) == 1 for n in parts)
    return MoveKind.splitting if alone else MoveKind.transfer


def _fault(n: int, field: str, code: str, detail: str) -> Fault:
    return Fault(pointer=f"/moves/{n}{field}", code=code, detail=detail)
