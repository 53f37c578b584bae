"""Packs of rules over HTTP."""

from typing import Annotated

from fastapi import Query

from services.contracts.projects.rule_packs import RulePack, RulePackAdoption, RulePackInBrief
from services.contracts.shared.base import Key
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Writing
from services.kit.problems import NotFound
from services.projects.rule_packs import commands, rules
from services.projects.rule_packs.packs.programmes import PACKS
from services.projects.rule_packs.packs.words import Pack

rule_packs = router("Funding rules")
READ, WRITE = requires("projects.funding_rules:read"), requires("projects.funding_rules:write")


@rule_packs.get("/rule-packs", response_model=list[RulePackInBrief], dependencies=[READ])
async def list_rule_packs() -> list[Pack]:
    """List packs of rules.

    Ready rules of funding programmes (Regelpakete): what is known of their rates, caps and
    periods, with clause and source.
    """
    return list(PACKS.values())


@rule_packs.get("/rule-packs/{key}", response_model=RulePack, dependencies=[READ])
async def read_rule_pack(key: str) -> RulePack:
    """Read a pack of rules.

    Every rule as it would be stored. What was not read at its source is not `verified`: compare
    it with the notice of the grant, which wins over all of it.
    """
    return rules.shown(_known(key))


@rule_packs.post(
    "/rule-packs/{key}/adoption", response_model=RulePackAdoption, dependencies=[WRITE]
)
async def adopt_rule_pack(
    session: Writing,
    key: str,
    programme: Annotated[
        Key | None, Query(description="For this programme; the pack's own key when missing.")
    ] = None,
) -> RulePackAdoption:
    """Adopt a pack of rules.

    Creates the rules that are missing and says which were there already, alike or otherwise;
    those stay as they are, and so does a rule that says the same figure for the same time under
    another key. Adopting again creates nothing. Refused when the programme is not there.
    """
    return await commands.adopt(session, _known(key), programme)


def _known(key: str) -> Pack:
    if key not in PACKS:
        raise NotFound(f"There is no pack {key[:80]!r}.")
    return PACKS[key]
