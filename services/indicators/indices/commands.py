"""What a person does with indices, and what a release does with them."""

from collections.abc import Mapping
from typing import Any, cast

from pydantic import ValidationError
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.catalogue import NewIndicator
from services.contracts.indicators.index_presets import NewIndexFromPreset
from services.contracts.indicators.index_results import IndexPreview, NewIndexPreview
from services.contracts.indicators.indices import NewIndex
from services.indicators.catalogue.queries import CATALOGUE, INDICATORS
from services.indicators.indices import answers, presets, queries, rules
from services.indicators.indices.queries import INDICES
from services.indicators.indices.tables import IndexRow
from services.indicators.releases import queries as releases
from services.kit import sql
from services.kit.faults import faults_of
from services.kit.patches import Patch
from services.kit.problems import Invalid, NotFound


async def define(session: AsyncSession, new: NewIndex) -> IndexRow:
    """Enter an index, and the indicators that its figures will be of."""
    await _check(session, new)
    await _show(session, new)
    return await INDICES.add(session, new)


async def define_from_preset(
    session: AsyncSession, preset: str, new: NewIndexFromPreset
) -> IndexRow:
    """Enter an index by a ready recipe."""
    known = presets.PRESETS.get(preset)
    if known is None:
        raise NotFound(f"There is no preset {preset[:80]!r}.")
    values = presets.filled(known, new)
    try:
        return await define(session, NewIndex.model_validate(values))
    except ValidationError as error:
        raise Invalid(
            "The preset was refused.", faults=faults_of(error.errors(), "body", values)
        ) from None


async def change(
    session: AsyncSession, key: str, patch: Patch[NewIndex], expected: int
) -> IndexRow:
    """Change a recipe; its figures follow with the next release."""
    row = await INDICES.locked(session, key, expected)
    new = patch.onto(row)
    await _check(session, new)
    await _show(session, new)
    return await INDICES.store(session, row, new)


async def _check(session: AsyncSession, new: NewIndex) -> None:
    await sql.alone(session, CATALOGUE)
    rules.check(new, await queries.indicators(session, rules.indicators_of(new)))
    rules.check_levels(new, await queries.levels(session))


async def _show(session: AsyncSession, new: NewIndex) -> None:
    """Let the catalogue have the indicators of state and dynamics, as the index is now.

    Before the index is journalled: a change of the catalogue locks the edition and then the
    journal, and so does a release.
    """
    wanted = rules.indicators_for(new)
    there = await queries.indicators(session, [one.key for one in wanted])
    for one in wanted:
        row = there.get(one.key)
        if row is None:
            await INDICATORS.add(session, one)
        else:
            rules.check_own(one, row)
            kept = set(rules.FOLLOWS)
            stays = NewIndicator.model_validate(
                {
                    **{name: getattr(row, name) for name in NewIndicator.model_fields},
                    **one.model_dump(include=kept),
                }
            )
            await INDICATORS.store(session, row, stays)


async def compute(session: AsyncSession, release: int) -> int:
    """Compute the indices whose components are shown otherwise or whose recipe has changed.

    After disclosure control: only figures that are shown go into an index, so that no hidden one
    can be calculated back from it. How many figures of indices are new or changed.
    """
    changed = 0
    for row in await queries.every(session):
        recipe = recipe_of(row)
        before = await queries.edition(session, row.key)
        same = before is not None and before.recipe_revision == row.revision
        needed = rules.indicators_of(recipe)
        if same and not await queries.shown_otherwise(session, needed, release):
            continue
        made = await queries.computed(session, recipe, whole=True)
        figures = rules.figures_of(recipe)
        await queries.keep(session, row, recipe, made, figures, release)
        changed += await releases.settle(session, release)
        await queries.publish(session, [key for key in figures if key is not None], release)
    return changed


def recipe_of(row: Any) -> NewIndex:
    """The recipe that is stored."""
    fields = NewIndex.model_fields
    return NewIndex.model_validate({name: getattr(row, name) for name in fields})


async def preview(session: AsyncSession, key: str, new: NewIndexPreview) -> IndexPreview:
    """What other weights would mean beside what is released; stores nothing."""
    row = await INDICES.one(session, key)
    session.info.pop("revision", None)
    recipe = recipe_of(row)
    weights = rules.weights(recipe, cast("Mapping[str, Any]", new.weights))
    released = await queries.computed(session, recipe, whole=True)
    now = await queries.computed(session, recipe, whole=False)
    then = await queries.computed(session, recipe, whole=False, weights=weights)
    seen = await queries.areas_seen(session)
    return answers.preview(row.key, released, now, then, new.period, seen)
