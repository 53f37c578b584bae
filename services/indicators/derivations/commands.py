"""Computing figures from figures: at release for good, before that to try a formula out."""

from asyncio import to_thread

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.formulas import FormulaCheck, Lineage, NewFormulaCheck
from services.indicators.catalogue.queries import INDICATORS
from services.indicators.derivations import queries, rules
from services.indicators.derivations.language.syntax import written
from services.indicators.indices import queries as indices
from services.indicators.releases import queries as releases


async def compute(session: AsyncSession, release: int) -> int:
    """Compute anew what depends on what settled; how many computed figures are new or changed.

    Of every indicator that is computed: in the areas in which one of its inputs settled, or in
    all if it has been defined otherwise since the release before. In the order of dependency,
    each generation settling before the next.
    """
    derived = await queries.derived(session)
    before = await queries.catalogue_before(session, release)
    changed = 0
    inputs = {key: found.definition.inputs for key, found in derived.items()}
    for generation in rules.generations(inputs):
        for key in generation:
            found = derived[key]
            if before.get(key) != found.revision:
                await queries.compute(session, found.definition, None)
            elif areas := await queries.settled_areas(session, [*inputs[key], key]):
                await queries.compute(session, found.definition, areas)
        if await queries.moves(session):
            changed += await releases.settle(session, release)
    return changed


async def check(session: AsyncSession, new: NewFormulaCheck) -> FormulaCheck:
    """What a formula means and what it gives from protected figures; stores nothing."""
    how, unit = rules.checked(new, queries.known_of(await queries.seen(session)))
    figures = await queries.published(session, how.inputs, new.areas)
    made = await to_thread(rules.samples, how, figures, new.period)
    return FormulaCheck(
        formula=written(how.formula), indicators=how.inputs, unit=str(unit), samples=made
    )


async def lineage(session: AsyncSession, key: str) -> Lineage:
    """Where the figures of an indicator come from and where they go, as far as one may see."""
    row = await INDICATORS.one(session, key)
    session.info.pop("revision", None)
    rows = await queries.seen(session)
    steps = {one.key: queries.step(one) for one in rows}
    return rules.lineage(row.key, steps, await indices.naming(session, row.key))
