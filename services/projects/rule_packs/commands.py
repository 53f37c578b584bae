"""Adopting a pack: what is missing is created, nothing else."""

from collections import defaultdict

from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.projects.funding_rules import NewFundingRule
from services.contracts.projects.rule_packs import RulePackAdoption
from services.kit import sql
from services.kit.problems import Invalid, NotFound
from services.projects.funding_rules import commands as funding_rules
from services.projects.funding_rules import queries
from services.projects.funding_rules.queries import FUNDING_RULES
from services.projects.funding_rules.rules import overlap
from services.projects.funding_rules.tables import FundingRuleRow
from services.projects.programmes.queries import PROGRAMMES
from services.projects.rule_packs import rules
from services.projects.rule_packs.packs.words import Pack


async def adopt(session: AsyncSession, pack: Pack, programme: str | None) -> RulePackAdoption:
    """Create what of a pack is missing for a programme that exists."""
    key = await _programme(session, programme or pack.key)
    new = pack.rules(key)
    await sql.alone(session, funding_rules.ALONE)
    stored: dict[tuple[str | None, str, str | None], list[FundingRuleRow]] = defaultdict(list)
    parameters = {rule.parameter for rule in new}
    for owner in (None, key):
        for row in await queries.same_figure(session, owner, parameters):
            stored[row.programme, row.parameter, row.scope].append(row)
    done = RulePackAdoption(
        pack=pack.key, programme=key, created=[], unchanged=[], different=[], left_out=[]
    )
    missing = [
        rule
        for rule in new
        if not _noted(done, rule, stored[rule.programme, rule.parameter, rule.scope])
    ]
    await FUNDING_RULES.add_all(session, missing)
    done.created.extend(rule.key for rule in missing)
    session.info.pop("revision", None)
    return done


def _noted(done: RulePackAdoption, new: NewFundingRule, there: list[FundingRuleRow]) -> bool:
    """Note what is there already; whether anything is in the way of the new rule."""
    same = next((row for row in there if row.key == new.key), None)
    if same is not None:
        (done.unchanged if rules.alike(new, same) else done.different).append(new.key)
    elif any(overlap(new, row) for row in there):
        done.left_out.append(new.key)
    else:
        return False
    return True


async def _programme(session: AsyncSession, key: str) -> str:
    try:
        return (await PROGRAMMES.one(session, key)).key
    except NotFound:
        raise Invalid(
            "The programme is not there; create it before its rules.",
            pointer="/programme",
            code="unknown",
        ) from None
