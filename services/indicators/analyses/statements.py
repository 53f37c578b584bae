"""Statements that say only what was asked for."""

import re
from functools import lru_cache

from sqlalchemy import TextClause, text

_IF = re.compile(r"-- if (\w+)$", re.MULTILINE)


@lru_cache(maxsize=256)
def kept(statement: str, parts: frozenset[str]) -> TextClause:
    """The statement without the lines that end with `-- if ...` of parts that were not asked for.

    The planner then finds the best way for this question. Comments that fill a line go too.
    """
    lines = statement.splitlines(keepends=True)
    wanted = (line for line in lines if (found := _IF.search(line)) is None or found[1] in parts)
    return text("".join(line for line in wanted if not line.lstrip().startswith("--")))
