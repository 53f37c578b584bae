"""What a pack and a municipality say differently: pure functions."""

from services.contracts.projects.funding_rules import NewFundingRule
from services.contracts.projects.rule_packs import RulePack
from services.projects.rule_packs.packs.words import Pack

_ONES_OWN = {"key", "visibility", "verified", "note", "ends_on"}
"""Checking a rule and ending it do not make it another."""


def shown(pack: Pack) -> RulePack:
    """The pack with its rules, as they would be stored for its own programme."""
    return RulePack(
        key=pack.key,
        name=pack.name,
        description=pack.description,
        programme=pack.programme,
        rules=pack.rules(pack.key),
    )


def alike(new: NewFundingRule, stored: object) -> bool:
    """Does what is stored say the same?"""
    there = NewFundingRule.model_validate(
        {name: getattr(stored, name) for name in NewFundingRule.model_fields}
    )
    return new.model_dump(exclude=_ONES_OWN) == there.model_dump(exclude=_ONES_OWN)
