"""Computing the shares that nobody states."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.territory import Move, Share, Weighting, WeightKind, WeightMethod
from services.contracts.shared.problems import Fault
from services.indicators.catalogue.queries import INDICATORS
from services.indicators.territory.crosswalks.rules import by_source, by_target
from services.indicators.territory.weights import queries, rules
from services.kit.problems import Invalid, NotFound

_MOST_FAULTS = 100
Sizes = dict[str, list[Decimal]]
"""Of each divided area the sizes of its parts, in the order of its moves."""


async def complete(
    session: AsyncSession, moves: Sequence[Move], weighting: Sequence[Weighting], day: date
) -> list[Move]:
    """The moves with every share that the weighting computes; refuses (422) what it cannot."""
    given: list[dict[WeightKind, Share]] = [dict(move.shares) for move in moves]
    for place, one in enumerate(weighting):
        divided = {
            area: places
            for area, places in by_source(moves).items()
            if len(places) > 1 and not any(one.kind in given[n] for n in places)
        }
        if one.method == WeightMethod.given or not divided:
            continue
        sizes = await _sizes(session, moves, one, place, divided, day)
        for area, places in divided.items():
            for n, share in zip(places, rules.shares(sizes[area]), strict=True):
                given[n][one.kind] = share
    return [
        move.model_copy(update={"shares": shares})
        for move, shares in zip(moves, given, strict=True)
    ]


async def _sizes(
    session: AsyncSession,
    moves: Sequence[Move],
    one: Weighting,
    place: int,
    divided: Mapping[str, list[int]],
    day: date,
) -> Sizes:
    parts = {area: [moves[n].to_area for n in places] for area, places in divided.items()}
    if one.method == WeightMethod.indicator:
        return await _by_count(session, moves, one, place, divided, parts)
    if one.method == WeightMethod.geometry:
        return await _by_surface(session, divided, parts, day)
    return {area: [Decimal(1)] * len(places) for area, places in divided.items()}


async def _by_count(
    session: AsyncSession,
    moves: Sequence[Move],
    one: Weighting,
    place: int,
    divided: Mapping[str, list[int]],
    parts: Mapping[str, list[str]],
) -> Sizes:
    pointer = f"/weighting/{place}/indicator"
    assert one.indicator is not None
    assert one.period is not None
    try:
        row = await INDICATORS.one(session, one.indicator)
    except NotFound as missing:
        raise Invalid(missing.detail, pointer=pointer, code="unknown") from None
    if row.kind != "count":
        detail = f"{row.key} is a {row.kind}; shares are computed from a count."
        raise Invalid(detail, pointer=pointer, code="not_a_count")
    wanted = {area for some in parts.values() for area in some}
    found = await queries.counts(session, row.key, one.period, wanted)
    origins = by_target(moves)
    faults = []
    for area, places in divided.items():
        for n, part in zip(places, parts[area], strict=True):
            if len(origins[part]) > 1:
                detail = f"{part} has other parts too: its count does not say how much is {area}."
                faults.append(_fault(n, one.kind, "shared", detail))
            elif part not in found:
                detail = f"{part} shows no value of {row.key} in {one.period}."
                faults.append(_fault(n, one.kind, "no_count", detail))
    _refuse(faults)
    return {area: [found[part] for part in some] for area, some in parts.items()}


async def _by_surface(
    session: AsyncSession,
    divided: Mapping[str, list[int]],
    parts: Mapping[str, list[str]],
    day: date,
) -> Sizes:
    wanted = {area for some in parts.values() for area in some}
    old = await queries.shapes(session, day - timedelta(days=1), divided.keys())
    new = await queries.shapes(session, day, wanted)
    faults = []
    for area, places in divided.items():
        if area not in old:
            detail = f"{area} has no real shape on the day before."
            faults.append(
                Fault(pointer=f"/moves/{places[0]}/from_area", code="shape", detail=detail)
            )
        for n, part in zip(places, parts[area], strict=True):
            if part not in new:
                detail = f"{part} has no real shape on the day."
                faults.append(Fault(pointer=f"/moves/{n}/to_area", code="shape", detail=detail))
    _refuse(faults)
    sizes = await asyncio.to_thread(_overlaps, old, new, parts)
    for area, places in divided.items():
        if not sum(sizes[area]):
            detail = f"{area} has no surface in common with where it goes."
            faults.append(Fault(pointer=f"/moves/{places[0]}", code="apart", detail=detail))
    _refuse(faults)
    return sizes


def _overlaps(
    old: Mapping[str, Mapping[str, Any]],
    new: Mapping[str, Mapping[str, Any]],
    parts: Mapping[str, list[str]],
) -> Sizes:
    return {area: rules.overlaps(old[area], [new[part] for part in p]) for area, p in parts.items()}


def _refuse(faults: Sequence[Fault]) -> None:
    if faults:
        detail = f"{len(faults)} shares cannot be computed; nothing was stored."
        raise Invalid(detail, faults=faults[:_MOST_FAULTS])


def _fault(n: int, kind: WeightKind, code: str, detail: str) -> Fault:
    return Fault(pointer=f"/moves/{n}/shares/{kind}", code=code, detail=detail)
