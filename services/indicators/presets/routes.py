"""Presets over HTTP."""

from typing import Annotated

from fastapi import Query

from services.contracts.indicators.presets import Adoption, Preset, PresetInBrief
from services.contracts.shared.base import Key
from services.indicators.presets import commands
from services.indicators.presets.rules import SETS
from services.indicators.presets.sets.words import Set
from services.kit.access import requires
from services.kit.app import router
from services.kit.database import Writing
from services.kit.problems import NotFound

presets = router("Presets")
READ, WRITE = requires("indicators.catalogue:read"), requires("indicators.catalogue:write")


@presets.get("/presets", response_model=list[PresetInBrief], dependencies=[READ])
async def list_presets() -> list[Set]:
    """List presets.

    Ready sets of indicators (Vorlagen): basic indicators of integrated social reporting, minimum
    income, monitoring of social urban development.
    """
    return list(SETS.values())


@presets.get("/presets/{key}", response_model=Preset, dependencies=[READ])
async def read_preset(key: str) -> Set:
    """Read a preset.

    Its topics and indicators with sources, numerators, denominators, protection and licence.
    """
    return _known(key)


@presets.post("/presets/{key}/adoption", response_model=Adoption, dependencies=[WRITE])
async def adopt_preset(
    session: Writing,
    key: str,
    level: Annotated[
        Key | None, Query(description="Level of the areas that the indices of the preset compare.")
    ] = None,
) -> Adoption:
    """Adopt a preset.

    Creates the topics and indicators that are missing and says which were there already, alike or
    defined differently; those stay as they are. Adopting again creates nothing. An index compares
    areas of one level: without `level` it is left out and said so.
    """
    return await commands.adopt(session, _known(key), level)


def _known(key: str) -> Set:
    if key not in SETS:
        raise NotFound(f"There is no preset {key[:80]!r}.")
    return SETS[key]
