"""Figures: one statement, the answer built in the database and passed through as bytes."""

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any, Literal, NamedTuple, Protocol

from services.contracts.indicators.values import STATUS_TEXTS
from services.contracts.shared.base import Language, Visibility
from services.indicators.native import statement
from services.indicators.observations import rules
from services.indicators.observations.rules import Question

Form = Literal["json", "csv"]
_FIGURES = statement(__package__, "figures")
_ENDS: dict[Form, str] = {
    "json": statement(__package__, "as_json"),
    "csv": statement(__package__, "as_csv"),
}
_IF = re.compile(r"-- if (\w+)$", re.MULTILINE)
_WORDS = "'{}'::jsonb".format(
    json.dumps(
        {s: {"marker": text.marker, "label": text.label} for s, text in STATUS_TEXTS.items()}
    ).replace("'", "''")
)
"""The words for each status, as a constant of the statement."""


class Connection(Protocol):
    """A pool or a connection of asyncpg."""

    async def fetchrow(self, query: str, *values: Any) -> Any: ...


class Found(NamedTuple):
    """An answer and the tag of its state."""

    body: bytes
    etag: str


def sql_of(question: Question, form: Form, *, raw: bool = False) -> str:
    """The statement that builds an answer; from the protected figures, or from the raw ones.

    It says only what was asked for: the planner then finds the best way for this question.
    """
    return _statement(_parts(question), form, raw)


def _parts(question: Question) -> frozenset[str]:
    asked = {
        "area": question.areas is not None,
        "level": question.level is not None,
        "within": question.within is not None,
        "from": question.start is not None,
        "until": question.end is not None,
        "breakdown": question.breakdowns is not None,
        "current": question.release is None,
        "as_of": question.release is not None,
    }
    return frozenset(part for part, said in asked.items() if said)


@lru_cache(maxsize=1024)
def _statement(parts: frozenset[str], form: Form, raw: bool) -> str:
    lines = _FIGURES.splitlines(keepends=True)
    kept = [line for line in lines if (found := _IF.search(line)) is None or found[1] in parts]
    figures = "".join(kept)
    figures = figures.replace("FROM published", "FROM observation") if raw else figures
    return figures + _ENDS[form].replace(":words", _WORDS)


def values_of(
    municipality: int, question: Question, visible: Sequence[Visibility], form: Form, lang: Language
) -> list[Any]:
    """The values of that statement."""
    q = question
    values: list[Any] = [municipality, [str(v) for v in visible], q.indicators, q.areas]
    values += [q.level, q.within, q.start, q.end, q.breakdowns, q.release, rules.MOST_FIGURES]
    return [*values, lang] if form == "csv" else values


async def etag(
    connection: Connection,
    municipality: int,
    question: Question,
    visible: Sequence[Visibility],
    *form: object,
) -> str:
    """The tag that an answer would have now."""
    row = await connection.fetchrow(
        "SELECT release, changes FROM edition WHERE municipality_id = $1", municipality
    )
    release, changes = (row["release"], row["changes"]) if row else (0, 0)
    return _tag(release, changes, question, visible, *form)


async def figures(
    connection: Connection,
    municipality: int,
    question: Question,
    visible: Sequence[Visibility],
    form: Form,
    lang: Language,
    *,
    raw: bool = False,
) -> Found:
    """The figures asked for; refuses unknown keys, a release to come, and too many figures."""
    values = values_of(municipality, question, visible, form, lang)
    row = await connection.fetchrow(sql_of(question, form, raw=raw), *values)
    rules.check_known("indicator", question.indicators, row["indicators"])
    rules.check_known("area", question.areas or (), row["areas"])
    if question.release is not None and question.release > row["release"]:
        raise rules.refusal("as_of", "unknown", f"There is no release {question.release} yet.")
    if row["figures"] > rules.MOST_FIGURES:
        raise rules.refusal("indicator", "too_many", f"More than {rules.MOST_FIGURES} figures.")
    tag = _tag(row["release"], row["changes"], question, visible, form, lang, raw)
    return Found(row["body"].encode(), tag)


def _tag(
    release: int, changes: int, question: Question, visible: Sequence[Visibility], *form: object
) -> str:
    asked = repr((changes, question, [str(v) for v in visible], form))
    return f'"rel-{release}-{sha256(asked.encode()).hexdigest()[:16]}"'
