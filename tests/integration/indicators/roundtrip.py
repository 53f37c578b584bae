"""What was delivered comes back: figures read from answers by other means than the service's own.

A test says what is printed in a file as `Printed`; `comes_back` asks for it in JSON-stat and in
SDMX-CSV, lets the oracles judge the answers, and compares value for value and sign for sign.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import product
from typing import Any, NamedTuple

import jsonstat_validator
from pysdmx.io.csv.sdmx21.reader import read as read_sdmx_csv

from tests.support.towns import Door

Place = tuple[str, str, str, str]
"""Indicator, area, period and stored breakdown."""
Cell = tuple[Decimal | None, str]
"""Value and status."""
_OBS_STATUS = {
    "normal": {"A", "P"},
    "limited": {"U"},
    "nothing": {"M"},
    "unknown": {"L"},
    "not_meaningful": {"M"},
    "unreliable": {"U"},
    "pending": {"O"},
    "confidential": {"Q"},
    "missing": {"O"},
}
_ATTRIBUTES = ["TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "CONF_STATUS", "UNIT_MEASURE", "DECIMALS"]


class Printed(NamedTuple):
    """A cell of a file: where it belongs, and what stands in it."""

    place: Place
    cell: Cell


def from_jsonstat(body: str) -> dict[Place, Cell]:
    """The figures of a JSON-stat dataset; the validator has accepted it."""
    assert jsonstat_validator.validate_jsonstat(json.loads(body))
    return dict(_cells(json.loads(body, parse_float=Decimal, parse_int=Decimal)))


def _cells(dataset: Mapping[str, Any]) -> Iterator[tuple[Place, Cell]]:
    axes = [dataset["dimension"][name]["category"]["index"] for name in dataset["id"]]
    assert [len(axis) for axis in axes] == dataset["size"]
    assert dataset["role"] == {"metric": ["indicator"], "geo": ["area"], "time": ["period"]}
    dimensions, values = dataset["id"][3:], dataset["value"]
    for at, (indicator, area, period, *rest) in enumerate(product(*axes)):
        value = values.get(str(at)) if isinstance(values, dict) else values[at]
        status = dataset["status"].get(str(at))
        if value is None and status is None:
            continue
        parts = zip(dimensions, rest, strict=True)
        breakdown = "&".join(
            f"{code}={attribute}" for code, attribute in parts if attribute != "_T"
        )
        yield (indicator, area, period, breakdown), (value, status or "normal")


def from_sdmx_csv(text: str) -> dict[Place, Cell]:
    """The figures of an SDMX-CSV message; pysdmx has read as many."""
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    if rows:
        (dataset,) = read_sdmx_csv(text)
        assert dataset.structure == "Dataflow=PLANRAUM:OBSERVATIONS(1.0.0)"
        assert len(dataset.data) == len(rows)
    return dict(_observation(row) for row in rows)


def _observation(row: Mapping[str, str]) -> tuple[Place, Cell]:
    columns = list(row)
    assert columns[:5] == ["STRUCTURE", "STRUCTURE_ID", "ACTION", "INDICATOR", "REF_AREA"]
    time = columns.index("TIME_PERIOD")
    assert columns[time : time + 6] == _ATTRIBUTES
    assert row["OBS_STATUS"] in _OBS_STATUS[row["STATUS"]]
    assert (row["CONF_STATUS"] == "F") is (row["STATUS"] != "confidential")
    parts = [f"{code}={row[code]}" for code in columns[5:time] if row[code] != "_T"]
    value = None if row["OBS_VALUE"] == "NaN" else Decimal(row["OBS_VALUE"])
    place = (row["INDICATOR"], row["REF_AREA"], row["TIME_PERIOD"], "&".join(parts))
    return place, (value, row["STATUS"])


async def comes_back(door: Door, printed: Iterable[Printed]) -> None:
    """Everybody reads what was delivered, in JSON-stat and in SDMX-CSV."""
    expected = {one.place: one.cell for one in printed}
    assert expected
    indicators = ",".join(sorted({place[0] for place in expected}))
    for form, read in (("jsonstat", from_jsonstat), ("sdmx-csv", from_sdmx_csv)):
        answer = await door.as_().get(f"/observations?indicator={indicators}&format={form}")
        assert answer.status_code == 200, answer.text
        found = read(answer.text)
        assert found.keys() == expected.keys(), form
        different = {
            place: (found[place], cell) for place, cell in expected.items() if found[place] != cell
        }
        assert different == {}, form
