"""Trees of strategies over HTTP."""

from services.contracts.projects.plan_trees import StrategyTree
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Reading
from services.projects.plan_trees import queries, rules

plan_trees = router("Strategies")
READ = requires("projects.planning:read")


@plan_trees.get("/strategies/{key}/tree", response_model=StrategyTree, dependencies=[READ])
async def read_strategy_tree(session: Reading, key: str) -> StrategyTree:
    """Read a strategy with everything below it.

    Strategy, fields of action, goals, recommendations and measures in one call (Zielbaum), each
    measure once, as far as you may see them. Of an action plan also the measures of other plans
    that it takes up (integrierter Maßnahmenplan), and across planning fields which of them have
    measures.
    """
    found = await queries.below(session, key)
    return rules.tree(found.strategy, found.fields, found.goals, found.measures, found.names)
