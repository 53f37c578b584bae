"""Reading results of indices as they stood with a release."""

from asyncio import to_thread

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.index_methods import ClassBy, NormaliseWithin
from services.contracts.indicators.index_results import IndexExplanation, IndexMatrix, IndexResults
from services.contracts.indicators.indices import NewIndex
from services.indicators.analyses.pictures import Class, Classes
from services.indicators.indices import answers, queries
from services.indicators.indices.method.results import Result
from services.indicators.indices.queries import INDICES
from services.indicators.indices.tables import IndexEditionRow
from services.indicators.levels import queries as known_levels
from services.kit.problems import Invalid, NotFound


async def results(
    session: AsyncSession,
    key: str,
    period: str | None,
    level: str | None,
    group: str | None,
    as_of: int | None,
) -> IndexResults:
    """The results of an index in columns."""
    row = await INDICES.one(session, key)
    session.info.pop("revision", None)
    edition = await queries.edition(session, row.key, await _release(session, as_of))
    found = await _seen(session, edition, as_of, period)
    kept = [
        one
        for one in found
        if (level is None or one.level == level) and (group is None or one.group_code == group)
    ]
    if not kept:
        await known_levels.check(session, level)
    release, revision = (edition.release, edition.recipe_revision) if edition else (None, None)
    return answers.results(row.key, _recipe(edition), release, revision, kept)


async def matrix(
    session: AsyncSession, key: str, period: str | None, as_of: int | None
) -> IndexMatrix:
    """The areas of an index by state and dynamics."""
    row = await INDICES.one(session, key)
    session.info.pop("revision", None)
    release = await _release(session, as_of)
    edition = await queries.edition(session, row.key, release)
    asked = period or await queries.newest_period(session, row.key, release)
    found = await _seen(session, edition, as_of, asked) if asked else []
    number = edition.release if edition else None
    return answers.matrix(row.key, _recipe(edition), number, found)


async def explanation(
    session: AsyncSession, key: str, area: str, period: str | None, as_of: int | None
) -> IndexExplanation:
    """Why an area is in its class."""
    row = await INDICES.one(session, key)
    session.info.pop("revision", None)
    release = await _release(session, as_of)
    edition = await queries.edition(session, row.key, release)
    recipe = _recipe(edition)
    asked = period or await queries.newest_period(session, row.key, release)
    if edition is None or recipe is None or asked is None:
        raise NotFound(f"{row.key} has not been computed yet.")
    alone = recipe.normalise_within is NormaliseWithin.period
    found = await queries.results(session, row.key, release, asked if alone else None)
    mine = [one for one, seen in found if seen and one.area == area and one.period == asked]
    if not mine:
        raise NotFound(f"{row.key} says nothing of {area[:80]!r} in {asked}.")
    named = [one.indicator for one in recipe.components]
    changes = [one.change for one in recipe.components if one.change is not None]
    shown = await queries.shown(session, [*named, *changes], area, release)
    return await to_thread(
        answers.explanation,
        row.key,
        recipe,
        edition.release,
        edition.recipe_revision,
        [one for one, _ in found],
        mine[0],
        answers.component_figures(recipe, mine[0], shown),
        await queries.names(session, named),
    )


async def classes_of(
    session: AsyncSession, indicator: str, period: str, as_of: int | None
) -> Classes | None:
    """The classes of the index whose state or dynamics the indicator holds; None for any other.

    As they stood with a release. Who sees the indicator sees the index: both have one visibility.
    """
    key, _, half = indicator.rpartition("-")
    if half not in ("status", "dynamics"):
        return None
    release = as_of or await queries.newest_release(session)
    edition = await queries.edition(session, key, release)
    recipe = _recipe(edition)
    part = recipe.dynamics if recipe is not None and half == "dynamics" else recipe
    if recipe is None or part is None:
        return None
    found = [one for one, _ in await queries.results(session, key, release, period)]
    place = {one.code: number for number, one in enumerate(part.classes, 1)}
    codes = {one.area: one.class_code if half == "status" else one.dynamics_class for one in found}
    return Classes(
        [
            Class(
                {str(lang): text for lang, text in one.label.items()},
                None if one.up_to is None else float(one.up_to),
                one.including,
            )
            for one in part.classes
        ],
        recipe.class_by is ClassBy.share,
        {area: place[code] for area, code in codes.items() if code in place},
    )


async def _seen(
    session: AsyncSession, edition: IndexEditionRow | None, as_of: int | None, period: str | None
) -> list[Result]:
    if edition is None:
        return []
    release = await _release(session, as_of)
    found = await queries.results(session, edition.index_key, release, period)
    return [one for one, seen in found if seen]


async def _release(session: AsyncSession, as_of: int | None) -> int:
    """The release asked for; refuses one that is still to come."""
    newest = await queries.newest_release(session)
    if as_of is not None and as_of > newest:
        detail = f"There is no release {as_of} yet."
        raise Invalid(detail, parameter="as_of", code="unknown")
    return newest if as_of is None else as_of


def _recipe(edition: IndexEditionRow | None) -> NewIndex | None:
    return None if edition is None else NewIndex.model_validate(edition.recipe)
