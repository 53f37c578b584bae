"""Which breakdowns a question is about: named one by one, or by the categories of a dimension. Pure
functions.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from services.indicators.breakdowns import CODE, attributes_of, canonical_breakdown
from services.kit.problems import Invalid

MOST_CATEGORIES = 500
TOTAL = frozenset({"total", "_T"})
_WORDS = TOTAL | {"*"}


class Named(NamedTuple):
    """A dimension that a parameter names, and the categories of it."""

    parameter: str
    dimension: str
    categories: tuple[str, ...]


def breakdowns(text: str) -> tuple[str, ...]:
    """Breakdowns in the form in which they are stored: "GES:GESM,total" is ("GES=GESM", "").

    Parts of one breakdown are joined with ";" or "&"; variable and attribute with ":" or "=".
    """
    return tuple(_breakdown(part.strip()) for part in text.split(","))


def _breakdown(text: str) -> str:
    if not text or text in TOTAL:
        return ""
    attributes: dict[str, str] = {}
    for part in re.split("[;&]", text):
        code, _, attribute = part.replace("=", ":", 1).partition(":")
        if not attribute or code in attributes:
            raise Invalid(
                f"{text[:80]!r} is not like GES:GESM or total.",
                parameter="breakdown",
                code="breakdown",
            )
        attributes[code] = attribute
    try:
        return canonical_breakdown(attributes)
    except ValueError as refused:
        raise Invalid(str(refused), parameter="breakdown", code="breakdown") from None


def by_dimension(given: Iterable[tuple[str, str]]) -> tuple[Named, ...]:
    """Filters such as ("c[GES]", "GESM,total"), each dimension once, in their order."""
    made: dict[str, Named] = {}
    for name, text in given:
        code = name[2:-1]
        if name[:2] != "c[" or name[-1] != "]" or not CODE.fullmatch(code) or code in made:
            raise Invalid(
                "Write c[GES]=GESM,GESW, each dimension once.",
                parameter=name[:100],
                code="dimension",
            )
        words = tuple(word.strip() for word in text.split(","))
        if len(words) > MOST_CATEGORIES:
            raise Invalid(
                f"At most {MOST_CATEGORIES} categories at once.", parameter=name, code="too_many"
            )
        for word in words:
            if word not in _WORDS and not CODE.fullmatch(word):
                raise Invalid(
                    f"{word[:80]!r} is no code, `*` or `total`.", parameter=name, code="category"
                )
        made[code] = Named(name, code, words)
    return tuple(made[code] for code in sorted(made))


def pattern(named: Sequence[Named]) -> str | None:
    """Which stored breakdowns fit the filters, as a pattern; None where there is no filter.

    `*` is every category of the dimension, `total` none of them. Dimensions that are not named
    may have any category or none.
    """
    made = (_category(re.escape(one.dimension), one.categories) for one in named)
    return "^" + "".join(made) if named else None


def _category(code: str, words: Sequence[str]) -> str:
    ways = []
    if TOTAL & set(words):
        ways.append(f"(?!(?:.*&)?{code}=)")
    if "*" in words:
        ways.append(f"(?=(?:.*&)?{code}=)")
    named = [word for word in words if word not in _WORDS]
    if named:
        several = "|".join(map(re.escape, named))
        ways.append(f"(?=(?:.*&)?{code}=(?:{several})(?:&|$))")
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"


def named_in(breakdowns: Iterable[str]) -> tuple[Named, ...]:
    """The codes that these breakdowns name."""
    pairs = {pair for text in breakdowns for pair in attributes_of(text).items()}
    return tuple(Named("breakdown", code, (category,)) for code, category in sorted(pairs))


def codes_of(
    breakdowns: Iterable[str], labels: Mapping[str, Mapping[str, Any]]
) -> dict[str, frozenset[str]]:
    """By dimension, the categories of these breakdowns and of the code lists."""
    found = {
        code: {attribute["code"] for attribute in listed["attributes"]}
        for code, listed in labels.items()
    }
    for text in breakdowns:
        for code, category in attributes_of(text).items():
            found.setdefault(code, set()).add(category)
    return {code: frozenset(categories) for code, categories in found.items()}


def why_unknown(named: Iterable[Named], known: Mapping[str, frozenset[str]]) -> Invalid | None:
    """The refusal of dimensions and categories that no code list and no figure has."""
    for one in named:
        if one.dimension not in known:
            detail = f"There is no dimension {one.dimension!r} of these indicators."
            return Invalid(detail, parameter=one.parameter, code="unknown")
        for category in sorted(set(one.categories) - _WORDS - known[one.dimension]):
            detail = f"The dimension {one.dimension} has no category {category!r}."
            return Invalid(detail, parameter=one.parameter, code="unknown")
    return None
