"""Real changes of territory: Eisenach and the Wartburgkreis, Berlin's planning areas of 2021."""

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.integration.indicators.figures import COUNT, RATE, released
from tests.integration.indicators.territory import settle
from tests.integration.indicators.test_crosswalks import EISENACH
from tests.support.towns import Door

OPEN = {"protection": {"kind": "none", "reason": "Published and protected by the office."}}
DAY = "2021-07-01"
BERLIN = "2021-01-01"


async def read(door: Door, query: str) -> dict[tuple[str, str, str], tuple[Any, bool]]:
    """Indicator, area, period -> value or status, and whether it is an estimate."""
    answer = await door.get(f"/observations?{query}")
    assert answer.status_code == 200, answer.text
    found = json.loads(answer.text, parse_float=Decimal)
    c, estimated = found["columns"], set(found["estimated"])
    values = [s if v is None else v for v, s in zip(c["value"], c["status"], strict=True)]
    places = zip(c["indicator"], c["area"], c["period"], strict=True)
    flags = [n in estimated for n in range(len(values))]
    return dict(zip(places, zip(values, flags, strict=True), strict=True))


def persons_in_benefit_communities(file: Path) -> dict[tuple[str, str], int]:
    """The first column of table 22811-02-02-4, by area code and reporting date."""
    found = {}
    for cells in csv.reader(file.read_text("utf-8").splitlines(), delimiter=";"):
        if len(cells) > 3 and cells[0][2:3] == "." and cells[3].isdigit():
            day, month, year = cells[0].split(".")
            found[cells[1], f"{year}-{month}-{day}"] = int(cells[3])
    return found


async def test_the_wartburgkreis_with_eisenach_before_it_joined(
    indicators: Door, shared_data: Path
) -> None:
    printed = persons_in_benefit_communities(
        shared_data / "indicators" / "genesis" / "22811-02-02-4_00.csv"
    )
    assert printed["16056", "2016-12-31"] == 4105
    assert printed["16063", "2016-12-31"] == 5709
    await settle(indicators)
    await indicators.made("/crosswalks", EISENACH)
    counts = {**COUNT, **OPEN}
    for key in ("empfaenger", "bevoelkerung"):
        await indicators.made("/indicators", {**counts, "key": key, "name": {"de": key}})
    await indicators.made("/indicators", {**RATE, **OPEN})
    rows = ["area,period,indicator,value"]
    rows += [
        f"{code},{day},empfaenger,{value}"
        for (code, day), value in printed.items()
        if code in ("16053", "16056", "16063")
    ]
    # 12411-04-02-4, 31 December 2015
    rows += ["16056,2015-12-31,bevoelkerung,42417", "16063,2015-12-31,bevoelkerung,125655"]
    rows += ["16056,2015-12-31,quote,9.06", "16063,2015-12-31,quote,4.54"]
    await released(indicators, "\n".join(rows).encode())
    found = await read(indicators.as_(), f"indicator=empfaenger,quote&territory={DAY}")
    days = {day for code, day in printed if code == "16063"}
    assert len(days) == 7
    for day in days:
        whole = printed["16056", day] + printed["16063", day]
        assert found["empfaenger", "wartburgkreis", day] == (whole, False)
        assert found["empfaenger", "jena", day] == (printed["16053", day], False)
    assert found["empfaenger", "wartburgkreis", "2016-12-31"] == (9814, False)
    rate = round(Decimal(3842 + 5703) / (42417 + 125655) * 100, 2)
    assert found["quote", "wartburgkreis", "2015-12-31"] == (rate, False)
    assert not any(area == "eisenach" for _, area, _ in found)


def inhabitants(file: Path) -> dict[str, int]:
    with file.open(encoding="utf-8") as lines:
        return {row["id"]: int(row["inhabitants"]) for row in csv.DictReader(lines)}


class Matches:
    """The table of matches of the planning areas, and what it leaves open."""

    def __init__(self, file: Path, old: dict[str, int], new: dict[str, int]) -> None:
        self.table: dict[str, list[str]] = json.loads(file.read_text("utf-8"))
        self.to: dict[str, set[str]] = defaultdict(set)
        for code, others in self.table.items():
            for other in others:
                if code in old:
                    self.to[code].add(other)
                elif code in new:
                    self.to[other].add(code)
        self.shares: dict[tuple[str, str], Decimal] = {}
        reached = {there for others in self.to.values() for there in others}
        divided = {t for others in self.to.values() if len(others) > 1 for t in others}
        for code in sorted(old.keys() - self.to.keys()):
            inside = self._region(code, new)
            free = [c for c in inside if c not in reached]
            chosen = free or [c for c in inside if c not in divided]
            self.to[code] = set(chosen)
            self._share(code, chosen, new)

    def _region(self, code: str, new: dict[str, int]) -> list[str]:
        """The new areas of its planning region (Bezirksregion), or of the next larger one."""
        for digits in (6, 4, 2):
            larger = code[:digits]
            region = {*self.table.get(larger, [])}
            region |= {k for k, v in self.table.items() if len(k) == digits and larger in v}
            region |= {larger} if digits == 2 else set()
            inside = [c for c in new if c[:digits] in region]
            if inside:
                return inside
        raise LookupError(code)

    def _share(self, code: str, chosen: list[str], new: dict[str, int]) -> None:
        whole = sum(new[c] for c in chosen)
        parts = [round(Decimal(new[c]) / whole, 6) for c in chosen]
        parts[0] += 1 - sum(parts)
        self.shares |= {(code, c): part for c, part in zip(chosen, parts, strict=True)}

    def rows(self) -> Iterable[str]:
        yield "from,to,population"
        for here, others in sorted(self.to.items()):
            for there in sorted(others):
                yield f"{here},{there},{self.shares.get((here, there), '')}"


async def berlin(door: Door, old: Iterable[str], new: Iterable[str]) -> None:
    for key, position in (("land", 1), ("planungsraum", 5)):
        await door.made(
            "/area-levels", {"key": key, "name": {"de": key.title()}, "position": position}
        )
    features = [
        {
            "type": "Feature",
            "geometry": None,
            "properties": {
                "key": f"plr-{code}",
                "name": code,
                "level": "planungsraum",
                "codes": {"lor": code},
                **span,
            },
        }
        for codes, span in (
            (old, {"valid_from": "2006-07-01", "valid_to": BERLIN}),
            (new, {"valid_from": BERLIN}),
        )
        for code in codes
    ]
    answer = await door.post("/areas/import", {"type": "FeatureCollection", "features": features})
    assert answer.status_code == 200, answer.text
    await door.made(
        "/indicators", {**COUNT, **OPEN, "key": "einwohner", "name": {"de": "Einwohner"}}
    )


async def test_berlins_448_planning_areas_become_542(indicators: Door, shared_data: Path) -> None:
    folder = shared_data / "indicators"
    old = inhabitants(folder / "berlin_population" / "2020-02-t2-plr.csv")
    new = inhabitants(folder / "berlin_population" / "2021-01-t2-plr.csv")
    assert (len(old), len(new)) == (448, 542)
    matches = Matches(folder / "geo" / "berlin-lor-matches.json", old, new)
    await berlin(indicators, old, new)
    rows = ["area,period,indicator,value"]
    rows += [f"plr-{code},2020-S2,einwohner,{value}" for code, value in old.items()]
    rows += [f"plr-{code},2021-S1,einwohner,{value}" for code, value in new.items()]
    await released(indicators, "\n".join(rows).encode())

    query = {
        "key": "lor-2021",
        "title": "Lebensweltlich orientierte Räume 2021",
        "valid_from": BERLIN,
        "source": "Table of matches, completed inside its planning regions by inhabitants",
        "level": "planungsraum",
        "scheme": "lor",
        "method": "indicator",
        "indicator": "einwohner",
        "period": "2021-S1",
    }
    alone = await indicators("POST", "/crosswalks/import", params=query, json=matches.table)
    assert alone.status_code == 422
    open_ = [e["detail"] for e in alone.json()["errors"] if e["code"] == "goes_nowhere"]
    assert len(open_) == 11, "the table alone loses these areas, and says so"

    made = await indicators(
        "POST",
        "/crosswalks/import",
        params=query,
        content="\n".join(matches.rows()).encode(),
        headers={"Content-Type": "text/csv"},
    )
    assert made.status_code == 201, made.text
    crossings = made.json()["crosswalk"]["crossings"]
    kinds = Counter(c["kind"] for c in crossings)
    assert kinds["renaming"] > 300
    assert kinds["split"] > 100
    for area in {c["from_area"] for c in crossings}:
        parts = [c["shares"]["population"] for c in crossings if c["from_area"] == area]
        assert sum(map(Decimal, parts)) == 1

    found = await read(indicators.as_(), f"indicator=einwohner&territory={BERLIN}")
    then = {area: told for (_, area, period), told in found.items() if period == "2020-S2"}
    now = {area: told for (_, area, period), told in found.items() if period == "2021-S1"}
    assert now == {f"plr-{code}": (value, False) for code, value in new.items()}
    without = made.json()["crosswalk"]["without_origin"]
    assert len(then) + len(without) == 542
    assert sum(value for value, _ in then.values()) == sum(old.values()) == 3_769_962
    same = [c for c in crossings if c["kind"] == "renaming"]
    for c in same:
        assert then[c["to_area"]] == (old[c["from_area"].removeprefix("plr-")], False)
    merged = {c["to_area"] for c in crossings if c["kind"] == "merge"}
    divided = {c["to_area"] for c in crossings if Decimal(c["shares"]["population"]) != 1}
    assert all(then[area][1] for area in divided)
    assert not any(then[area][1] for area in merged - divided)

    back = await read(indicators.as_(), "indicator=einwohner&territory=2020-12-31")
    before = {area: told for (_, area, period), told in back.items() if period == "2021-S1"}
    for code, others in matches.to.items():
        parts = [f"plr-{other}" for other in others]
        if all(len([c for c in crossings if c["to_area"] == part]) == 1 for part in parts):
            whole = sum(new[other] for other in others)
            assert before[f"plr-{code}"] == (whole, False), "the sum of its parts is exact"
        else:
            assert before[f"plr-{code}"] == ("missing", False), "nobody knows how to divide it"


@pytest.mark.parametrize(
    ("body", "kind", "code"),
    [
        (b"", "text/csv", "csv"),
        (b"from,to\n\xff,b\n", "text/csv", "csv"),
        (b"from,to\na\x00,b\n", "text/csv", "csv"),
        (b"from,to,weight\neisenach,wartburgkreis,1\n", "text/csv", "csv"),
        (b"from,from\neisenach,wartburgkreis\n", "text/csv", "csv"),
        (b"from,to\neisenach\n", "text/csv", "csv"),
        (b"from,to,population\neisenach,wartburgkreis,NaN\n", "text/csv", "csv"),
        (b"from,to,population\neisenach,wartburgkreis,1e-99999\n", "text/csv", "csv"),
        (b"from,to,population\neisenach,wartburgkreis," + b"9" * 100_000, "text/csv", "csv"),
        (b'from,to\n"' + b"x" * 200_000, "text/csv", "csv"),
        (b"from,to\neisenach,nowhere\n", "text/csv", "unknown"),
        (b"from,to\nnowhere,nobody\n", "text/csv", "nothing"),
        (b"[]", "application/json", "shape"),
        (b"[" * 100_000, "application/json", "json"),
        (b'{"eisenach": [1]}', "application/json", "shape"),
        (b'{"eisenach": ["nowhere"]}', "application/json", "unknown"),
        (b'{"nowhere": ["nobody"]}', "application/json", "nothing"),
        (b'{"eisenach": "\\ud800"}', "application/json", "unknown"),
    ],
)
async def test_a_table_that_cannot_be_read_is_refused_with_its_place(
    indicators: Door, body: bytes, kind: str, code: str
) -> None:
    await settle(indicators)
    query = {"key": "neu", "title": "Neu", "valid_from": DAY, "source": "Tabelle"}
    refused = await indicators(
        "POST", "/crosswalks/import", params=query, content=body, headers={"Content-Type": kind}
    )
    assert refused.status_code == 422, refused.text
    assert {e["code"] for e in refused.json()["errors"]} == {code}, refused.text
    assert (await indicators.get("/crosswalks")).json()["items"] == []


async def test_eisenach_comes_from_a_table_by_official_keys(indicators: Door) -> None:
    await settle(indicators)
    query = {"key": "neu", "title": "Neu", "valid_from": DAY, "source": "Tabelle", "scheme": "ags"}
    table = (
        "from;to;population;back_population\n16056;16063;1;0,25\n16063;16063;1;0,75\n99999;1;;\n"
    )
    made = await indicators(
        "POST",
        "/crosswalks/import",
        params=query,
        content=table.encode(),
        headers={"Content-Type": "text/csv"},
    )
    assert made.status_code == 201, made.text
    assert made.json()["ignored_codes"] == ["99999"]
    crossings = made.json()["crosswalk"]["crossings"]
    assert [c["back"]["population"] for c in crossings] == ["0.25", "0.75"]
    lacking = await indicators(
        "POST",
        "/crosswalks/import",
        params={**query, "method": "indicator"},
        json={"16056": "16063"},
    )
    assert lacking.status_code == 422
    assert lacking.json()["errors"][0]["parameter"] == "indicator"
