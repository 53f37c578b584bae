"""Bringing a map into the territory: all of it or nothing."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.area_imports import AreaImportProposal, AreaToBe
from services.contracts.indicators.areas import (
    AreaCollection,
    AreaProperties,
    Imported,
    NewArea,
    NewAreaVersion,
)
from services.contracts.shared.problems import Fault
from services.indicators.areas import commands as areas
from services.indicators.areas import queries
from services.indicators.areas.queries import AREAS, TREE
from services.indicators.areas.tables import AreaRow, AreaVersionRow
from services.indicators.imports import rules
from services.indicators.portal_maps import proposing
from services.indicators.portal_maps import rules as portal_maps
from services.indicators.portal_maps.rules import Features, Naming
from services.kit import sql
from services.kit.days import today
from services.kit.problems import Invalid

_MOST_FAULTS = 100
_SHOWN = 20
_Columns = dict[str, Any]


@dataclass(frozen=True)
class Terms:
    """What is said of all features that do not say it themselves."""

    valid_from: date | None = None
    level: str | None = None
    parent: str | None = None
    crs: str | None = None

    @property
    def day(self) -> date:
        """The day on which codes and the tree are looked up."""
        return self.valid_from or today()


@dataclass(frozen=True)
class _New:
    """An area that the town does not know yet."""

    area: NewArea
    columns: _Columns


@dataclass(frozen=True)
class _Known:
    """An area of the town: one of its versions is corrected, or a version follows."""

    row: AreaRow
    versions: Sequence[AreaVersionRow]
    corrected: AreaVersionRow | None
    fixed: Mapping[str, Any]
    columns: _Columns


async def bring(
    session: AsyncSession, collection: AreaCollection, terms: Terms, naming: Naming
) -> Imported:
    """Enter new areas and correct known ones; refuses (422) the whole file with every fault."""
    await sql.alone(session, TREE)
    naming, features, faults = await read(session, collection, terms, naming)
    shapes, wrong = await asyncio.to_thread(rules.shapes_of, collection, terms.crs)
    faults += wrong
    positions, rank_of = await queries.positions(session), await queries.ranks(session)
    if terms.parent is not None and terms.parent not in rank_of:
        detail = f"There is no area {terms.parent!r}."
        raise Invalid(detail, parameter="parent", code="unknown")
    parents = await queries.parents_on(session, terms.day)
    town = await queries.several(session, [given.key for _, given in features])
    plans: list[_New | _Known] = []
    places = []
    for n, given in features:
        start = given.valid_from or terms.valid_from
        places.append((n, given.key, given.parent))
        try:
            if given.key in town:
                plan: _New | _Known = _known(
                    n, given, shapes[n], *town[given.key], start, adds=naming.is_given
                )
            else:
                if "parent" not in given.model_fields_set:
                    given = given.model_copy(update={"parent": terms.parent})
                    places[-1] = (n, given.key, given.parent)
                plan = _new(n, given, shapes[n], start, given.level or terms.level, positions)
                rank_of[given.key] = positions[plan.area.level]
        except Invalid as refused:
            faults += refused.faults
        else:
            parents[given.key] = plan.columns["parent"]
            plans.append(plan)
    faults += rules.place_faults(places, parents, rank_of)
    if faults:
        told = [portal_maps.in_their_words(fault, naming) for fault in faults[:_MOST_FAULTS]]
        raise Invalid(f"{len(faults)} faults; nothing was stored.", faults=told)
    return await _carry_out(session, plans)


async def propose(
    session: AsyncSession, collection: AreaCollection, terms: Terms, naming: Naming
) -> AreaImportProposal:
    """How a map could be read; what the parameters say already is kept."""
    properties = [feature.properties for feature in collection.features]
    found, seen = await asyncio.to_thread(proposing.proposal, properties)
    if portal_maps.is_ours(properties) and not naming.is_given:
        found = Naming()
    elif found is not None:
        found = found.with_wishes(naming)
    features: Features = []
    if found is not None:
        found = found.with_scheme(terms.level) if found.code and terms.level else found
        _, features, _ = await read(session, collection, terms, found)
    town = await queries.several(session, [given.key for _, given in features[:_SHOWN]])
    return AreaImportProposal(
        features=len(properties),
        parameters=None if found is None else portal_maps.parameters_of(found),
        properties=seen,
        areas=[
            AreaToBe(
                feature=n,
                key=given.key,
                name=given.name if isinstance(given.name, str) else given.name["de"],
                code=next(iter(given.codes.values()), None),
                is_known=given.key in town,
            )
            for n, given in features[:_SHOWN]
        ],
    )


async def read(
    session: AsyncSession, collection: AreaCollection, terms: Terms, naming: Naming
) -> tuple[Naming, Features, list[Fault]]:
    """The features in our words. Refuses (422) a foreign map of which nothing was said."""
    properties = [feature.properties for feature in collection.features]
    if not naming.is_given and not portal_maps.is_ours(properties):
        raise proposing.not_explained(properties)
    by_code: Mapping[str, Sequence[str]] = {}
    if naming.code is not None:
        naming = naming.with_scheme(terms.level)
        assert naming.scheme is not None
        by_code = await queries.keys_by_code(session, naming.scheme, terms.day)
    given = (properties, naming, by_code, terms.level)
    return naming, *await asyncio.to_thread(portal_maps.read, *given)


def _new(
    n: int,
    given: AreaProperties,
    shape: _Columns | None,
    start: date | None,
    level: str | None,
    positions: Mapping[str, int],
) -> _New:
    if start is None:
        raise rules.refusal(n, "valid_from", "missing", "A new area is valid from some day on.")
    if level not in positions:
        raise rules.refusal(n, "level", "unknown", f"There is no level {level!r}.")
    columns = {**rules.columns_of(given, shape, None), "valid_from": start}
    rules.check_span(n, columns, ())
    fixed = {"key": given.key, "level": level, "kind": given.kind, "visibility": given.visibility}
    return _New(NewArea.model_validate({**columns, **fixed}), columns)


def _known(
    n: int,
    given: AreaProperties,
    shape: _Columns | None,
    row: AreaRow,
    versions: Sequence[AreaVersionRow],
    start: date | None,
    *,
    adds: bool,
) -> _Known:
    if given.level not in (None, row.level):
        detail = f"{row.key} is of the level {row.level!r}."
        if adds:
            detail += " A `key_prefix` tells areas of one name apart."
        raise rules.refusal(n, "key" if adds else "level", "moved", detail)
    first = start or queries.version_on(versions, None).valid_from
    corrected = next((v for v in versions if v.valid_from == first), None)
    latest = corrected or versions[-1]
    before = {name: getattr(latest, name) for name in NewAreaVersion.model_fields}
    if corrected is None:
        before["valid_to"] = None
    if adds:
        given = given.model_copy(update={"codes": {**latest.codes, **given.codes}})
    columns = {**rules.columns_of(given, shape, before), "valid_from": first}
    others = [
        (v.valid_from, v.valid_to)
        for v in versions
        if v is not corrected and (corrected or v.valid_to or v.valid_from >= first)
    ]
    rules.check_span(n, columns, others)
    told = given.model_fields_set & {"kind", "visibility"}
    return _Known(row, versions, corrected, {name: getattr(given, name) for name in told}, columns)


async def _carry_out(session: AsyncSession, plans: Sequence[_New | _Known]) -> Imported:
    created, changed, unchanged = [], [], []
    rows = {}
    for plan in plans:
        if isinstance(plan, _New):
            rows[plan.area.key] = await AREAS.add(session, plan.area)
    for plan in plans:
        if isinstance(plan, _New):
            await areas.add_version(session, rows[plan.area.key], plan.columns)
            created.append(plan.area.key)
        elif plan.corrected is None:
            await areas.succeed(session, plan.row, plan.versions, plan.columns)
            changed.append(plan.row.key)
        elif await areas.correct(session, plan.row, plan.corrected, plan.fixed, plan.columns):
            changed.append(plan.row.key)
        else:
            unchanged.append(plan.row.key)
    for name in ("location", "revision"):
        session.info.pop(name, None)
    return Imported(created=created, changed=changed, unchanged=unchanged)
