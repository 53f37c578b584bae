"""Ready packs of rules to adopt with one call (Regelpakete)."""

from collections.abc import Sequence

from pydantic import Field

from services.contracts.projects.funding_rules import NewFundingRule
from services.contracts.projects.programmes import NewProgramme
from services.contracts.shared.base import Answer, LongTexts, Texts, example


class RulePackInBrief(Answer):
    """A pack without its rules."""

    model_config = example(
        key="sozialstrategierichtlinie-2-1",
        name={"de": "Sozialstrategierichtlinie 2.1"},
        description={"de": "ESF Plus höchstens 60 %, Land in der Regel 20 %."},
    )

    key: str = Field(description="Also the key of the programme that it is for.")
    name: Texts
    description: LongTexts


class RulePack(RulePackInBrief):
    """A pack (Regelpaket): what is known of the rules of a programme, and what is only assumed."""

    model_config = example(
        key="sozialstrategierichtlinie-2-1",
        name={"de": "Sozialstrategierichtlinie 2.1"},
        description={"de": "ESF Plus höchstens 60 %, Land in der Regel 20 %."},
        programme={
            "key": "sozialstrategierichtlinie-2-1",
            "name": {"de": "Sozialstrategierichtlinie 2.1"},
            "funders": [{"organisation": "europaeische-union", "level": "eu", "fund": "ESF Plus"}],
            "legal_basis": ["Verordnung (EU) 2021/1057"],
            "periods": [{"starts_on": "2022-01-01", "ends_on": "2028-12-31"}],
        },
        rules=[],
    )

    programme: NewProgramme = Field(
        description="The programme as it can be entered before its rules: funders, legal basis and "
        "funding periods, as far as they are known; its organisations have to be there."
    )
    rules: Sequence[NewFundingRule] = Field(
        description="As they will be stored; what nobody has checked is not `verified`."
    )


class RulePackAdoption(Answer):
    """What the adoption of a pack did: what was missing was created, nothing else."""

    model_config = example(
        pack="sozialstrategierichtlinie-2-1",
        programme="sozialstrategierichtlinie-2-1",
        created=["sozialstrategierichtlinie-2-1-max-rate-eu"],
        unchanged=["base-rate-2023-01-01"],
        different=["sozialstrategierichtlinie-2-1-max-positions"],
        left_out=["sozialstrategierichtlinie-2-1-deviation"],
    )

    pack: str
    programme: str
    created: list[str]
    unchanged: list[str] = Field(description="There already, and alike.")
    different: list[str] = Field(description="There already, and defined otherwise; left as it is.")
    left_out: list[str] = Field(
        description="Another rule says this figure for the same time already; it was left as it is."
    )
