"""How the figures of an indicator are protected (statistische Geheimhaltung)."""

from typing import Literal, Self

from pydantic import Field, model_validator

from services.contracts.shared.base import Request, example


class ProtectionRule(Request):
    """The rule of primary suppression of one indicator.

    `threshold` hides every figure that rests on fewer than `minimum` cases; three is the usual
    minimum of official statistics (§ 16 BStatG; Federal Employment Agency: one and two hidden).
    `none` shows everything and has to say why that is allowed.
    """

    model_config = example(
        kind="threshold",
        minimum=3,
        zero_is_safe=True,
        reason="§ 16 BStatG: one or two persons could be recognised.",
    )

    kind: Literal["threshold", "none"] = "threshold"
    minimum: int = Field(
        default=3, ge=2, le=1000, description="The smallest number of cases that may be shown."
    )
    zero_is_safe: bool = Field(
        default=True, description="Whether it may be said that there is no case at all."
    )
    reason: str = Field(default="", max_length=500, description="Law or source behind the rule.")

    @model_validator(mode="after")
    def _openness_has_a_reason(self) -> Self:
        if self.kind == "none" and not self.reason:
            raise ValueError("figures without protection need a reason")
        return self
