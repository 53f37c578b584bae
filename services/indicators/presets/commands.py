"""Adopting a preset: what is missing is created, nothing else."""

from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.catalogue import NewIndicator
from services.contracts.indicators.index_presets import NewIndexFromPreset
from services.contracts.indicators.presets import Adopted, Adoption, PresetIndex
from services.indicators.catalogue import commands as catalogue
from services.indicators.catalogue import queries
from services.indicators.catalogue.queries import CATALOGUE
from services.indicators.catalogue.tables import IndicatorRow
from services.indicators.indices import commands as recipes
from services.indicators.indices.tables import IndexRow
from services.indicators.presets import rules
from services.indicators.presets.sets.words import MUNICIPALITY, Set
from services.indicators.topics import commands as topics
from services.indicators.topics.tables import TopicRow
from services.kit import sql
from services.kit.database import municipality_of
from services.kit.tables import Resource


async def adopt(session: AsyncSession, preset: Set, level: str | None) -> Adoption:
    """Create what of a preset is missing; its indices for areas of the level, if one is said."""
    await sql.alone(session, CATALOGUE)
    known_topics = await _stored(session, TopicRow, [one.key for one in preset.topics])
    known = await _stored(session, IndicatorRow, [one.key for one in preset.indicators])
    owners = await queries.owners(session)
    done = Adoption(
        preset=preset.key,
        created=[],
        unchanged=[],
        different=[],
        codes_left_out=[],
        indices_left_out=[],
    )
    for topic in preset.topics:
        if not _compare(done, "topics", topic, known_topics.get(topic.key)):
            await topics.enter(session, topic)
    for one in preset.indicators:
        if not _compare(done, "indicators", one, known.get(one.key)):
            taken = [code for code in one.source_codes if owners.get(code, one.key) != one.key]
            done.codes_left_out.extend(taken)
            await catalogue.define(session, _without(one, taken))
    indices = await _stored(session, IndexRow, [one.key for one in preset.indices])
    for index in preset.indices:
        name = f"indices/{index.key}"
        if index.key in indices:
            done.unchanged.append(name)
        elif level is None:
            done.indices_left_out.append(name)
        else:
            done.created.append(name)
            await recipes.define_from_preset(session, index.recipe, _for_areas(index, level))
    for name in ("location", "revision"):
        session.info.pop(name, None)
    return done


def _compare(done: Adoption, resource: str, new: Any, stored: Resource | None) -> bool:
    """Note what is there already; whether it is."""
    name = f"{resource}/{new.key}"
    if stored is None:
        done.created.append(name)
        return False
    fields = rules.differing(new, stored)
    if fields:
        done.different.append(Adopted(resource=resource, key=new.key, fields=fields))
    else:
        done.unchanged.append(name)
    return True


def _for_areas(index: PresetIndex, level: str) -> NewIndexFromPreset:
    return NewIndexFromPreset(
        key=index.key,
        level=level,
        topic=index.topic,
        source=MUNICIPALITY,
        components=index.components,
        population=index.population,
    )


def _without(one: NewIndicator, codes: list[str]) -> NewIndicator:
    kept = [code for code in one.source_codes if code not in codes]
    return one.model_copy(update={"source_codes": kept})


async def _stored(session: AsyncSession, kind: type[Any], keys: list[str]) -> dict[str, Any]:
    statement = select(kind).where(
        col(kind.municipality_id) == municipality_of(session).id, col(kind.key).in_(keys)
    )
    return {row.key: row for row in await session.exec(statement)}
