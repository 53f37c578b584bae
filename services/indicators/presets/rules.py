"""What a preset and a municipality define differently: pure functions."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from services.indicators.presets.sets.basic import BASIC
from services.indicators.presets.sets.minimum_income import MINIMUM_INCOME
from services.indicators.presets.sets.mss import MSS
from services.indicators.presets.sets.words import Set

SETS: Mapping[str, Set] = {one.key: one for one in (BASIC, MINIMUM_INCOME, MSS)}
_ONES_OWN = frozenset({"visibility", "position"})
"""Who may see it and where it stands is for each municipality to say."""


def differing(new: BaseModel, stored: Any) -> list[str]:
    """The fields in which what is stored is defined otherwise."""
    there = type(new).model_validate(
        {name: getattr(stored, name) for name in type(new).model_fields}
    )
    return sorted(
        name
        for name in type(new).model_fields
        if name not in _ONES_OWN and getattr(new, name) != getattr(there, name)
    )
