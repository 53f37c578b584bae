"""What PostgreSQL looks at to answer a statement."""

import json
from collections.abc import Mapping
from typing import Any

from services.kit.native import Connection


async def read_by(connection: Connection, sql: str, *values: Any) -> float:
    """How many rows the statement looks at when it is run, those that it throws away included."""
    plan = await connection.fetchval(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}", *values)
    return _touched((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])


def _touched(node: Mapping[str, Any]) -> float:
    names = ("Actual Rows", "Rows Removed by Filter", "Rows Removed by Join Filter")
    own = sum(node.get(name, 0) for name in names) * node["Actual Loops"]
    return float(own) + sum(map(_touched, node.get("Plans", ())))
