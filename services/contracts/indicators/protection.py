"""How the figures of an indicator are protected (statistische Geheimhaltung)."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from services.contracts.shared.base import Key, Request, example

RuleKind = Literal["threshold", "rounding", "dominance", "p-percent", "as-delivered", "none"]
_NAMES_LARGEST = ("dominance", "p-percent")
Base = Literal[3, 5, 10]


class ProtectionRule(Request):
    """The rule by which the figures of one indicator are protected.

    * `threshold` hides every figure that rests on fewer than `minimum` cases (Mindestfallzahl);
      three is the usual minimum of official statistics (§ 16 BStatG; Federal Employment Agency:
      one and two hidden).
    * `rounding` shows counts as the nearest multiple of `base` (3, 5 or 10); what is not zero is
      never rounded to zero, and totals need not add up.
    * `dominance` hides an amount of which the `contributors` (one or two) largest contributors
      hold more than `percent` per cent; `p-percent` hides one from which the second largest could
      estimate the largest to within `percent` per cent. Both need the amounts of the largest
      contributors as indicators of their own, `largest` and `second_largest`; without them the
      rule is refused, since nobody could apply it. Those indicators are never shown themselves.
    * `as-delivered` shows what the source has protected already (cell key method, rounding): as it
      is, not corrected, not added up to other totals.
    * `none` shows everything. Both have to say why that is allowed.
    """

    model_config = example(
        kind="threshold",
        minimum=3,
        zero_is_safe=True,
        base=None,
        contributors=None,
        percent=None,
        largest=None,
        second_largest=None,
        adds_up_over_time=False,
        parts=[["deutsche", "auslaender"]],
        reason="§ 16 BStatG: one or two persons could be recognised.",
    )

    kind: RuleKind = "threshold"
    minimum: int = Field(
        default=3, ge=2, le=1000, description="The smallest number of cases that may be shown."
    )
    zero_is_safe: bool = Field(
        default=True, description="Whether it may be said that there is no case at all."
    )
    base: Annotated[
        Base | None,
        Field(validate_default=True, description="Of `rounding`: what figures are multiples of."),
    ] = None
    contributors: Annotated[
        Literal[1, 2] | None,
        Field(validate_default=True, description="Of `dominance`: how many are looked at."),
    ] = None
    percent: Annotated[
        Decimal | None,
        Field(
            validate_default=True,
            gt=0,
            lt=100,
            max_digits=5,
            decimal_places=2,
            description="Of `dominance`: the greatest share; of `p-percent`: how close is close.",
        ),
    ] = None
    largest: Annotated[
        Key | None,
        Field(validate_default=True, description="Indicator: what the largest one contributes."),
    ] = None
    second_largest: Annotated[
        Key | None,
        Field(validate_default=True, description="Indicator: what the second largest contributes."),
    ] = None
    adds_up_over_time: bool = Field(
        default=False,
        description="Quarters and months add up to the year: events, not a stock (Stromgröße).",
    )
    parts: list[Annotated[list[Key], Field(min_length=2, max_length=50)]] = Field(
        default=[],
        max_length=10,
        description="Lists of indicators whose figures add up to those of this one.",
    )
    reason: str = Field(default="", max_length=500, description="Law or source behind the rule.")

    @field_validator("base")
    @classmethod
    def _rounding_has_a_base(cls, base: Base | None, info: ValidationInfo) -> Base | None:
        if (info.data.get("kind") == "rounding") != (base is not None):
            raise ValueError("rounding, and nothing else, needs a base")
        if base is not None and not info.data.get("zero_is_safe", True):
            raise ValueError("rounding shows zeros; where they are a secret, use a threshold")
        return base

    @field_validator("contributors")
    @classmethod
    def _dominance_counts(cls, number: int | None, info: ValidationInfo) -> int | None:
        if (info.data.get("kind") == "dominance") != (number is not None):
            raise ValueError("dominance, and nothing else, says how many contributors it looks at")
        return number

    @field_validator("percent", "largest")
    @classmethod
    def _dominance_can_be_seen(cls, given: object, info: ValidationInfo) -> object:
        if (info.data.get("kind") in _NAMES_LARGEST) != (given is not None):
            raise ValueError(f"dominance and p-percent, and nothing else, need {info.field_name}")
        return given

    @field_validator("second_largest")
    @classmethod
    def _two_are_named(cls, key: str | None, info: ValidationInfo) -> str | None:
        kind, number = info.data.get("kind"), info.data.get("contributors")
        if (kind == "p-percent" or (kind == "dominance" and number == 2)) != (key is not None):
            raise ValueError("name the second largest where two contributors are looked at")
        return key

    @model_validator(mode="after")
    def _openness_has_a_reason(self) -> Self:
        if self.kind in ("none", "as-delivered") and not self.reason:
            raise ValueError("figures without protection need a reason")
        return self
