"""Reading figures stays fast in a large town."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import asyncpg
import pytest

from services.contracts.shared.base import Visibility
from services.indicators.observations.queries import Asked, End, sql_of, values_of
from services.indicators.observations.rules import Question
from services.indicators.territory.series.rules import Path
from tests.integration.indicators.figures import equip
from tests.support.towns import Door

_FILL = """
    INSERT INTO indicators.published
        (municipality_id, indicator, area, period_end, period, breakdown, release_from,
         period_start, value, status, rule)
    SELECT $1, (ARRAY['bevoelkerung', 'empfaenger', 'quote'])[1 + n % 3], 'area-' || n / 3 % 200,
           make_date(1900 + n / 600, 12, 31), (1900 + n / 600)::text, '', 1,
           make_date(1900 + n / 600, 1, 1), n, 'normal', ''
    FROM generate_series(0, 59999) AS n"""


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)


async def _literal(connection: Any, value: Any) -> str:
    if isinstance(value, list | tuple):
        parts = [await _literal(connection, part) for part in value]
        kinds = {date: "date", Decimal: "numeric"}
        kind = kinds.get(type(value[0]), "text") if value else "text"
        return f"ARRAY[{', '.join(parts)}]::{kind}[]"
    quoted: str = await connection.fetchval(
        "SELECT quote_nullable($1::text)", None if value is None else str(value)
    )
    return quoted


_LAST_DAY = date(1950, 12, 31)
QUESTIONS = {
    "of a level and a breakdown": Question(("bevoelkerung",), level="kreis", breakdowns=("",)),
    "whole": Question(("bevoelkerung",)),
    "of several indicators": Question(("bevoelkerung", "empfaenger")),
    "of a period": Question(("quote",), periods=("1950",), period_ends=(_LAST_DAY,)),
    "of the newest": Question(("quote",), newest=2, before=True),
    "by a pattern of breakdowns": Question(("quote",), pattern="^(?=(?:.*&)?GES=)"),
    "of an earlier release": Question(("quote",), release=1),
    "of what is new": Question(("quote",), since=0),
    "below an area": Question(("quote",), within="jena"),
}
_IN_A_TERRITORY = {"in a territory": Question(("quote",), within="jena", territory=_LAST_DAY)}
_PATHS = [Path(date.min, _LAST_DAY, "area-1", "area-2", Decimal("0.5"))]
ENDS = {
    "columns": End("as_json", frozenset({"no_basis"})),
    "names": End("as_json", frozenset({"basis", "names"})),
    "rows": End("as_rows", frozenset({"rows", "names"})),
    "csv": End("as_csv", frozenset({"lines"})),
    "breakdowns": End("breakdowns"),
}


@pytest.mark.parametrize("raw", [False, True], ids=["protected", "raw"])
async def test_no_question_reads_the_whole_table(
    indicators: Door, database_url: str, raw: bool
) -> None:
    await equip(indicators)
    town = indicators.municipality.id
    table = "observation" if raw else "published"
    connection = await asyncpg.connect(database_url, server_settings={"search_path": "indicators"})
    reads: dict[tuple[str, str], list[str]] = {}
    try:
        await connection.execute(_FILL, town)
        if raw:
            columns = "municipality_id, indicator, area, period_end, period, breakdown, "
            columns += "release_from, release_to, period_start, value, status"
            await connection.execute(
                f"INSERT INTO observation ({columns}, delivery) SELECT {columns}, 'delivery-1' "
                "FROM published WHERE municipality_id = $1",
                town,
            )
        await connection.execute("ANALYZE")
        # as the pool of fast reads runs it: planned once, whatever the values
        await connection.execute("SET plan_cache_mode = force_generic_plan")
        await connection.execute("SET enable_seqscan = off")
        questions = QUESTIONS if raw else QUESTIONS | _IN_A_TERRITORY
        for (asked_for, question), (form, end) in product(questions.items(), ENDS.items()):
            asked = Asked(town, question, tuple(Visibility), "de", raw, _PATHS)
            values = values_of(asked, 200_000)
            said = ", ".join([await _literal(connection, value) for value in values])
            await connection.execute(f"PREPARE asked AS {sql_of(question, end, raw=raw)}")
            explained = await connection.fetchval(f"EXPLAIN (FORMAT JSON) EXECUTE asked ({said})")
            await connection.execute("DEALLOCATE asked")
            reads[asked_for, form] = [
                node["Node Type"]
                for node in _nodes(json.loads(explained)[0]["Plan"])
                if node.get("Relation Name") == table
            ]
    finally:
        await connection.close()
    assert all(reads.values())
    assert [asked for asked, scans in reads.items() if "Seq Scan" in scans] == []
