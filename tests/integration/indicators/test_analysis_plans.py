"""Maps and profiles stay fast in a large town, also before the database knows how large it is."""

import json
import re
from collections.abc import Iterator
from typing import Any

import asyncpg
import pytest

from services.indicators.analyses import queries as analyses
from services.indicators.analyses.pictures import Question
from services.indicators.maps.queries import SHAPES
from services.indicators.profiles import queries as profiles
from tests.integration.indicators.maps import prepared
from tests.support.towns import Door

_FILL = """
    INSERT INTO indicators.published
        (municipality_id, indicator, area, period_end, period, breakdown, release_from,
         period_start, value, status, rule)
    SELECT $1,
           coalesce((ARRAY['bevoelkerung', 'empfaenger', 'quote'])[1 + n % 30], 'more-' || n % 30),
           'area-' || n / 30 % 200, make_date(1900 + n / 6000, 12, 31), (1900 + n / 6000)::text, '',
           1, make_date(1900 + n / 6000, 1, 1), n, 'normal', ''
    FROM generate_series(0, 59999) AS n"""
VALUES = {
    "town": "'stadt'",
    "visible": "ARRAY['public']",
    "indicator": "'quote'",
    "level": "'bezirk'",
    "within": "'stadt'",
    "areas": "ARRAY['bezirk-01']",
    "area": "'bezirk-01'",
    "period": "'2024'",
    "breakdown": "''",
    "release": "1",
    "periods": "5",
    "day": "DATE '2024-12-31'",
    "until": "DATE '2024-12-31'",
    "versions": "ARRAY['0193d3a4-5b6c-7d8e-9f00-112233445566']",
}
STATEMENTS = {
    "map": analyses.sql_of(Question("quote")),
    "map of a level, part and period": analyses.sql_of(
        Question("quote", level="bezirk", within="stadt", period="2024")
    ),
    "map as printed": analyses.sql_of(Question("quote", release=1)),
    "chart of named areas": analyses.sql_of(Question("quote", areas=("bezirk-01",), periods=1)),
    "profile": profiles.sql_of(profiles.Question("bezirk-01")),
    "profile as printed": profiles.sql_of(profiles.Question("bezirk-01", "2024", 1)),
    "shapes": SHAPES,
}


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)


@pytest.mark.parametrize("name", STATEMENTS)
async def test_no_analysis_reads_all_figures(
    indicators: Door, database_url: str, name: str
) -> None:
    await prepared(indicators)
    values = {**VALUES, "municipality": str(indicators.municipality.id)}
    said = re.sub(r"(?<!:):([a-z]+)", lambda found: values[found[1]], str(STATEMENTS[name]))
    # What other tests have left decides whether reading everything looks cheaper; asked is whether
    # an index can serve the question at all.
    given = {"search_path": "indicators", "enable_seqscan": "off"}
    connection = await asyncpg.connect(database_url, server_settings=given)
    try:
        await connection.execute(_FILL, indicators.municipality.id)
        for known in (False, True):
            if known:
                await connection.execute("ANALYZE")
            explained = await connection.fetchval(f"EXPLAIN (FORMAT JSON) {said}")
            nodes = list(_nodes(json.loads(explained)[0]["Plan"]))
            scans = [node for node in nodes if node.get("Relation Name") == "published"]
            assert scans or name == "shapes"
            assert "Seq Scan" not in {node["Node Type"] for node in scans}
    finally:
        await connection.execute(
            "DELETE FROM published WHERE municipality_id = $1 AND area LIKE 'area-%'",
            indicators.municipality.id,
        )
        await connection.close()
