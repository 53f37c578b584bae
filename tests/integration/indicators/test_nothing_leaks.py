"""A hidden figure stands in no answer of any address, in no form, for nobody but the office."""

import io
import zipfile
from collections.abc import Iterator

import httpx

from services.gateway.document import committed
from tests.integration.indicators.figures import (
    COUNT,
    POPULATION,
    RATE,
    approved,
    deliver,
    second,
    tidy,
)
from tests.integration.indicators.territory import area, settle
from tests.integration.indicators.town_with_facilities import KITA, tile
from tests.support.towns import Door

PERIOD = "2024-12-31"
OPEN = {"kind": "none", "reason": "Openly published by the office."}
PEOPLE = {"jena": 96_000, "lobeda-west": 41_000, "winzerla": 31_337, "zentrum": 5_113}
RECIPIENTS = {"jena": 18_166, "lobeda-west": 9_973, "winzerla": 8_191, "zentrum": 2}
SECRETS = ("8191", "8.191", "8,191", "26.138", "26,138", "26.14", "26,14")
"""What the figure that is hidden beside the small one would look like, and its rate."""
QUESTIONS = {
    "/observations": [
        f"?indicator=empfaenger,quote,bevoelkerung&format={form}{more}"
        for form in ("json", "rows", "jsonl", "csv", "xlsx", "jsonstat", "sdmx-csv", "geojson")
        for more in ("", "&as_of=1", "&within=jena", "&updated_after=0", "&territory=2024-01-01")
    ],
    "/maps/{indicator}": ["?geometry=none", "?geometry=full&format=geojson", "?level=kreis"],
    "/charts/{kind}": [
        f"?indicator={key}&format={form}{more}"
        for key in ("empfaenger", "quote")
        for form in ("vega-lite", "svg")
        for more in ("", "&second=bevoelkerung", "&area=winzerla")
    ],
    "/coverage": ["?kind=kita&level=statistischer-bezirk&format=csv", "?kind=kita&level=kreis"],
    "/reports/{key}/document": ["?format=html", "?format=html&lang=en"],
    "/catalogue/versions/{key}/difference": ["?before=catalogue-1"],
}
KEYS = {
    "area-levels": ("statistischer-bezirk",),
    "areas": ("winzerla", "zentrum", "jena"),
    "indicators": ("empfaenger", "quote", "lage-status"),
    "facility-kinds": ("kita",),
    "indices": ("lage",),
    "needs-rules": ("viele",),
    "reports": ("atlas",),
    "releases": ("release-1",),
    "deliveries": ("delivery-2", "delivery-3"),
    "catalogue/versions": ("catalogue-1",),
    "catalogue/datasets": ("empfaenger",),
    "presets": ("mss",),
    "topics": (),
    "dimensions": (),
    "slots": (),
    "mappings": (),
    "crosswalks": (),
    "facilities": (),
    "findings": (),
}


async def equipped(door: Door) -> None:
    """A town in which everything that reads figures is there to read them."""
    await settle(door)
    shape = {"geometry": tile(11.62, 50.92)}
    await door.made("/areas", {**area("zentrum", "statistischer-bezirk", "jena"), **shape})
    open_ = {**POPULATION, "protection": OPEN}
    recipients = {**COUNT, "key": "empfaenger", "name": {"de": "Empfänger"}}
    for indicator in (open_, recipients, {**RATE, "computed": True}):
        await door.made("/indicators", indicator)
    need = {"indicator": "empfaenger", "breakdown": ""}
    await door.made("/facility-kinds", {**KITA, "need": need})
    await door.made(
        "/indices",
        {
            "key": "lage",
            "name": {"de": "Lage"},
            "source": {"publisher": "Sozialplanung"},
            "level": "statistischer-bezirk",
            "components": [{"indicator": "quote"}],
            "classes": [
                {"code": "1", "label": {"de": "wenig"}, "up_to": "0"},
                {"code": "2", "label": {"de": "viel"}},
            ],
        },
    )
    await door.made(
        "/needs-rules",
        {
            "key": "viele",
            "title": {"de": "Viele"},
            "level": "statistischer-bezirk",
            "conditions": [
                {
                    "kind": "threshold",
                    "indicator": "empfaenger",
                    "comparison": "at_least",
                    "value": "1",
                }
            ],
            "visibility": "public",
        },
    )
    files = [
        tidy(*(f"{place},{PERIOD},{key},,{n}" for place, n in figures.items()))
        for key, figures in (("bevoelkerung", PEOPLE), ("empfaenger", RECIPIENTS))
    ]
    keys = [await approved(door, file) for file in files]
    await door.made("/releases", {"title": {"de": "Stand"}, "deliveries": keys})
    report = {"key": "atlas", "title": {"de": "Atlas"}, "kind": "atlas", "release": 1}
    await door.made("/reports", {**report, "level": "statistischer-bezirk"})
    await door.made("/catalogue/versions", {"title": {"de": "Katalog"}})


def addresses() -> Iterator[str]:
    """Every address that can be read, with what there is put in."""
    for path, operations in committed("indicators")["paths"].items():
        if "get" not in operations or path.endswith(("/events", "/observations/raw")):
            continue
        _, _, short = path.partition("{municipality}")
        for filled in _filled(short):
            for question in QUESTIONS.get(short, [""]):
                yield filled + question


def _filled(path: str) -> list[str]:
    if "{indicator}" in path:
        return [path.replace("{indicator}", key) for key in ("empfaenger", "quote", "lage-status")]
    if "{kind}" in path:
        kinds = ("time-series", "ranking", "map", "index-matrix")
        return [path.replace("{kind}", kind) for kind in kinds]
    collection = path.partition("/{key}")[0].strip("/")
    keys = KEYS[collection] if "{key}" in path else ("",)
    return [path.replace("{key}", key).replace("{area}", "winzerla") for key in keys]


def texts(answer: httpx.Response) -> str:
    """What can be read in an answer, in a workbook, too."""
    if not answer.content.startswith(b"PK"):
        return answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        return "\n".join(book.read(name).decode() for name in book.namelist())


async def test_nobody_reads_a_hidden_figure_at_any_address(indicators: Door) -> None:
    await equipped(indicators)
    corrected = await deliver(indicators, tidy(f"winzerla,{PERIOD},empfaenger,,9500"))
    assert corrected.json()["diff"]["changed"] == 1
    hidden = (await indicators.get("/observations?indicator=empfaenger,quote&area=winzerla")).json()
    assert hidden["columns"]["value"] == [None, None], "hidden beside the two of the centre"
    for role in (None, "member", "supplier", "planner", "secretary", "controller"):
        roles = [role] if role else []
        somebody = indicators.as_(*roles, subject="test:reader")
        answered = 0
        for address in addresses():
            if role not in (None, "planner") and ("=svg" in address or "/document" in address):
                continue
            answer = await somebody.get(address)
            assert answer.status_code < 500, (address, answer.text)
            answered += answer.status_code == 200
            found = [secret for secret in SECRETS if secret in texts(answer)]
            assert not found, (role, address, found, texts(answer)[:2000])
        assert answered > 90, "most addresses answer everybody"


async def test_the_office_reads_what_is_hidden(indicators: Door) -> None:
    """So the secrets that are looked for are written as they are looked for."""
    await equipped(indicators)
    office = second(indicators)
    raw = await office.get("/observations/raw?indicator=empfaenger,quote&format=csv")
    assert "8191" in raw.text
    assert "26.138" in raw.text
