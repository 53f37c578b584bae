"""Every kind of binding with all that can be asked of it, and what others are asked then."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from services.boards.report_bindings.rules import Binding, Miswritten, binding
from services.boards.report_entries import elsewhere
from services.boards.report_entries.rules import Span
from services.boards.report_figures import queries as figures
from services.boards.report_markup.rules import MOST, MOST_DRAWN
from services.boards.report_pictures import queries as pictures
from services.boards.report_targets import queries as targets
from services.contracts.boards.report_editions import BindingKind

KEY, WRONG_KEY = "ein-schluessel", "Kein Schlüssel"
PERIOD, WRONG_PERIOD = "2024", "letztes Jahr"
BREAKDOWN, WRONG_BREAKDOWN = "GES:GESW", "GES=GESW"
SINCE, WRONG_SINCE = "2026-01-31", "2026-02-30"
OF_AREAS = {
    "level": (KEY, WRONG_KEY),
    "within": (KEY, WRONG_KEY),
    "period": (PERIOD, WRONG_PERIOD),
    "breakdown": (BREAKDOWN, WRONG_BREAKDOWN),
}
OF_MEASURES = dict.fromkeys(("measure", "strategy", "project", "area"), (KEY, WRONG_KEY))
OPTIONS: dict[str, tuple[str, dict[str, tuple[str, str]]]] = {
    "indicator": (
        "quote/jena",
        {"period": (PERIOD, WRONG_PERIOD), "breakdown": (BREAKDOWN, WRONG_BREAKDOWN)},
    ),
    "table": ("quote/jena", {**OF_AREAS, "last": ("12", "0")}),
    "chart": (
        "quote",
        {**OF_AREAS, "kind": ("ranking", "pie"), "periods": ("24", "25")},
    ),
    "map": ("quote", OF_AREAS),
    "findings": (
        "",
        {
            "area": (KEY, WRONG_KEY),
            "level": (KEY, WRONG_KEY),
            "topic": (KEY, WRONG_KEY),
            "severity": ("high", "much"),
            "state": ("open", "running"),
        },
    ),
    "recommendations": (
        "",
        {
            "key": (KEY, WRONG_KEY),
            "body": (KEY, WRONG_KEY),
            "addressed_to": (KEY, WRONG_KEY),
            "state": ("followed", "running"),
            "since": (SINCE, WRONG_SINCE),
        },
    ),
    "resolutions": (
        "",
        {
            "key": (KEY, WRONG_KEY),
            "body": (KEY, WRONG_KEY),
            "strategy": (KEY, WRONG_KEY),
            "kind": ("decision", "wish"),
            "state": ("valid", "open"),
            "since": ("last", WRONG_SINCE),
        },
    ),
    "measures": (
        "",
        {
            "strategy": (KEY, WRONG_KEY),
            "project": (KEY, WRONG_KEY),
            "area": (KEY, WRONG_KEY),
            "state": ("running", "open"),
            "since": (SINCE, WRONG_SINCE),
        },
    ),
    "targets": ("", OF_MEASURES),
    "effects": ("", OF_MEASURES),
    "releases": ("", {"since": ("last", "letzte")}),
    "statements": ("", {"process": (KEY, WRONG_KEY), "position": ("opposes", "against")}),
    "gaps": (
        "",
        {"kind": ("measure_without_money", "sorrow"), "responsible": (KEY, WRONG_KEY)},
    ),
    "evidence": ("", {"recommendation": (KEY, WRONG_KEY), "resolution": (KEY, WRONG_KEY)}),
}
"""Kind -> what it is of, and each option with what it takes and what it does not."""
EACH = [
    (kind, name, good, wrong)
    for kind, (_, options) in OPTIONS.items()
    for name, (good, wrong) in options.items()
]
NEEDED = {"statements": "process=dialog"}


def written(kind: str, *asked: str) -> str:
    of, needed = OPTIONS[kind][0], NEEDED.get(kind)
    parts = [of] if of else []
    parts += [needed] if needed and not any(one.startswith("process=") for one in asked) else []
    return f"{kind}:{'; '.join([*parts, *asked])}"


def refusal(text: str) -> Miswritten:
    with pytest.raises(Miswritten) as refused:
        binding(text)
    return refused.value


def test_the_documentation_names_every_kind_and_how_many_are_the_most() -> None:
    told = (Path(__file__).parents[3] / "docs" / "api.md").read_text("utf-8")
    part = told.partition("## Coordinated reports")[2].partition("\n## ")[0]
    assert {kind for kind in BindingKind if f"{{{{{kind}" not in part} == set()
    assert f"{MOST} bindings are the most, {MOST_DRAWN} of them charts or maps" in part


def test_every_kind_is_tried_here() -> None:
    assert set(OPTIONS) == set(BindingKind)


@pytest.mark.parametrize(("kind", "name", "good", "wrong"), EACH)
def test_an_option_takes_what_fits_and_nothing_else(
    kind: str, name: str, good: str, wrong: str
) -> None:
    found = binding(written(kind, f"{name}={good}"))
    assert (found.kind, found[name]) == (kind, good)
    assert f"{name}={good}" in found.wording
    refused = refusal(written(kind, f"{name}={wrong}"))
    assert refused.code == "parameter"
    assert str(refused).startswith(f"{name!r}: ")


@pytest.mark.parametrize("kind", OPTIONS)
def test_an_option_of_another_kind_is_refused(kind: str) -> None:
    own = OPTIONS[kind][1]
    for name, good in {name: good for _, name, good, _ in EACH if name not in own}.items():
        assert refusal(written(kind, f"{name}={good}")).code == "parameter"


@pytest.mark.parametrize("number", ["1", "12"])
def test_a_number_within_its_bounds_is_taken(number: str) -> None:
    assert binding(f"table:quote/jena; last={number}")["last"] == number


@pytest.mark.parametrize(
    "number",
    [
        *(
            "0",
            "13",
            "100000",
            "1000000",
            "0000099",
            "01",
            "-1",
            "1.5",
            "\u0663",
            "1\u0663",
            "drei",
        ),
    ],
)
def test_a_number_beyond_its_bounds_is_refused(number: str) -> None:
    assert refusal(f"table:quote/jena; last={number}").code == "parameter"


@pytest.mark.parametrize(("of", "most"), [("quote/{}", 60), ("{}/jena", 8)])
def test_a_table_is_of_so_many_areas_and_indicators(of: str, most: int) -> None:
    keys = [f"k{number}" for number in range(most + 1)]
    assert binding(f"table:{of.format(','.join(keys[:-1]))}").wording.count("k") == most
    assert refusal(f"table:{of.format(','.join(keys))}").code == "too-many"


def test_each_binding_has_one_wording() -> None:
    for text, wording in (
        ("recommendations", "recommendations"),
        ("releases: since=last", "releases:since=last"),
        ("map:quote@7", "map:quote@7"),
        ("chart:quote/jena,weimar", "chart:quote/jena,weimar@release"),
    ):
        assert binding(text).wording == wording


ABOUT_FIGURES = ("level=bezirk", "within=jena", "period=2023", "breakdown=GES:GESW")
ASKED = [
    ("indicator:quote/jena@2; period=2023", "observations", {"period": "2023", "as_of": "2"}),
    ("indicator:quote/jena", "observations", {"last": "1", "breakdown": "total", "as_of": "3"}),
    (
        f"table:quote; {'; '.join(ABOUT_FIGURES)}",
        "observations",
        {one.split("=")[0]: one.split("=")[1] for one in ABOUT_FIGURES},
    ),
    ("table:quote/jena,weimar; last=7", "observations", {"last": "7", "area": "jena,weimar"}),
    ("table:quote/jena", "observations", {"last": "3", "indicator": "quote"}),
    (
        f"chart:quote/jena@2; {'; '.join(ABOUT_FIGURES)}",
        "charts/time-series",
        {one.split("=")[0]: one.split("=")[1] for one in ABOUT_FIGURES}
        | {"area": "jena", "as_of": "2", "indicator": "quote"},
    ),
    ("chart:quote; kind=ranking; periods=4", "charts/ranking", {"periods": "4", "as_of": "3"}),
    (f"map:quote; {ABOUT_FIGURES[1]}", "charts/map", {"within": "jena", "as_of": "3"}),
    (
        "findings:area=jena; level=bezirk; topic=armut; severity=high; state=open",
        "findings",
        {
            "area": "jena",
            "level": "bezirk",
            "topic": "armut",
            "severity": "high",
            "state": "open",
            "seen_in": "3",
        },
    ),
    (
        "measures:strategy=armut; project=biwaq; area=jena; state=running; since=2026-01-01",
        "measures",
        {"strategy": "armut", "project": "biwaq", "area": "jena", "state": "running"},
    ),
    ("targets:project=biwaq; area=jena", "measures", {"project": "biwaq", "area": "jena"}),
    ("effects:strategy=armut", "measures", {"strategy": "armut"}),
    ("effects:measure=jobladen", "measures/jobladen", {}),
]


class Asked(Exception):
    """The question that a service was asked."""

    def __init__(self, query: dict[str, str]) -> None:
        super().__init__()
        self.query = query


async def looked_up(found: Binding) -> None:
    """As a report of release 3 looks it up."""
    session: Any = None
    reader: Any = None
    beside: Any = SimpleNamespace(indicators=None, projects=None)
    span = Span(date(2026, 6, 30), None, None)
    match found.kind:
        case BindingKind.chart | BindingKind.map:
            await pictures.drawn(session, beside, reader, found, 3)
        case BindingKind.findings:
            await elsewhere.findings(session, beside, reader, found, 3)
        case BindingKind.measures:
            await elsewhere.measures(session, beside, reader, found, span)
        case BindingKind.targets | BindingKind.effects:
            await targets.of(session, beside, reader, found, 3)
        case _:
            await figures.of(session, beside, reader, found, 3)


@pytest.mark.parametrize(("text", "address", "query"), ASKED)
async def test_whatever_is_asked_for_is_asked_of_the_service_that_knows(
    monkeypatch: pytest.MonkeyPatch, text: str, address: str, query: dict[str, str]
) -> None:
    async def ask(*given: Any) -> bool:
        at, asked = given[3], given[4]
        if at == address:
            raise Asked(dict(asked or {}))
        return True

    for module in (figures, pictures, elsewhere, targets):
        monkeypatch.setattr(module, "ask", ask)
    with pytest.raises(Asked) as asked:
        await looked_up(binding(text))
    assert query.items() <= asked.value.query.items()
    always = {"indicator", "area", "as_of", "breakdown", "last", "limit", "format", "lang"}
    assert set(asked.value.query) - always <= set(query)
