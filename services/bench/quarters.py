"""A city of 542 planning areas in 12 districts, to measure imports, cubes, maps and protection."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import httpx

from services.bench.chance import chance

TOWN = "grossstadt"
DISTRICTS, QUARTERS, YEARS = 12, 542, range(2015, 2025)
SEXES = ("", "GESM", "GESW")
MONTHS, INDICATORS = 100, 20
"""20 indicators x 500 areas x 100 months are the million rows."""
AGES = ("", "ALT000B06", "ALT006B15", "ALT015B65", "ALT065UM")
_SIDE, _POINTS = 0.01, 12


def found(client: httpx.Client) -> None:
    """Enter the city with its areas and their shapes."""
    send(
        client,
        "/v1/municipalities",
        {
            "key": TOWN,
            "id": "169999999998",
            "name": {"de": "Großstadt"},
            "kind": "independent_city",
            "state": {"de": "Thüringen"},
        },
    )
    for place, level in enumerate(("stadt", "bezirk", "planungsraum")):
        body = {"key": level, "name": {"de": level.title()}, "position": place}
        send(client, f"/v1/{TOWN}/area-levels", body)
    features = list(_areas())
    for start in range(0, len(features), 200):
        part = {"type": "FeatureCollection", "features": features[start : start + 200]}
        send(client, f"/v1/{TOWN}/areas/import", part)
    names = ["einwohner", "empfaenger", *(f"reihe-{n:02d}" for n in range(INDICATORS))]
    for name in names:
        send(client, f"/v1/{TOWN}/indicators", indicator(name))


def release(first: httpx.Client, second: httpx.Client, rows: Iterator[str]) -> float:
    """Deliver, approve and release figures; seconds that the release took."""
    key = deliver(first, "".join(rows).encode())
    send(second, f"/v1/{TOWN}/deliveries/{key}/approval", None)
    body = {"deliveries": [key], "title": {"de": "Messung"}}
    return send(second, f"/v1/{TOWN}/releases", body).elapsed.total_seconds()


def deliver(client: httpx.Client, content: bytes) -> str:
    """Deliver a file at once; the key of the delivery."""
    sent = client.post(
        f"/v1/{TOWN}/deliveries",
        params={"source": "Messung"},
        content=content,
        headers={"Content-Type": "text/csv"},
    )
    sent.raise_for_status()
    return str(sent.json()["key"])


def send(client: httpx.Client, path: str, body: object) -> httpx.Response:
    """POST, or say what was answered."""
    response = client.post(path, json=body)
    if response.is_error:
        raise RuntimeError(f"{path} answered {response.text}")
    return response


def cube() -> Iterator[str]:
    """542 areas x 10 years x 3 categories of one indicator."""
    draw = chance(11)
    yield "indicator;area;period;GES;value\n"
    for quarter in range(QUARTERS):
        for year in YEARS:
            men, women = draw.randrange(200, 9000), draw.randrange(200, 9000)
            for sex, value in zip(SEXES, (men + women, men, women), strict=True):
                yield f"einwohner;pr-{quarter:03d};{year};{sex};{value}\n"


def table() -> Iterator[str]:
    """50,000 linked cells with small counts: areas x sex x age x 6 years, with all their sums."""
    draw = chance(5)
    yield "indicator;area;period;GES;ALT;value\n"
    for year in range(2019, 2025):
        cells: dict[tuple[str, str, str], int] = {}
        for quarter in range(QUARTERS):
            for sex in SEXES[1:]:
                for age in AGES[1:]:
                    value = round(draw.expovariate(1 / 40))
                    for area in (f"pr-{quarter:03d}", f"be-{quarter % DISTRICTS:02d}", "stadt"):
                        for s in ("", sex):
                            for a in ("", age):
                                place = (area, s, a)
                                cells[place] = cells.get(place, 0) + value
        for (area, sex, age), value in cells.items():
            yield f"empfaenger;{area};{year};{sex};{age};{value}\n"


def million() -> Iterator[str]:
    """A tidy CSV of 1,000,000 rows."""
    draw = chance(3)
    yield "indicator;area;period;value\n"
    months = [date(2016 + n // 12, n % 12 + 1, 1).strftime("%Y-%m") for n in range(MONTHS)]
    for indicator in range(INDICATORS):
        for quarter in range(500):
            base = draw.randrange(100, 9999)
            for month in months:
                yield f"reihe-{indicator:02d};pr-{quarter:03d};{month};{base}\n"
                base += draw.randrange(-3, 4)


def indicator(name: str) -> dict[str, object]:
    """An indicator that counts people."""
    return {
        "key": name,
        "name": {"de": name.title()},
        "unit": {"de": "Personen"},
        "kind": "count",
        "source": {"publisher": "Messung"},
        "periodicity": "year",
    }


def _areas() -> Iterator[dict[str, Any]]:
    yield _area("stadt", "stadt", None, None)
    for district in range(DISTRICTS):
        yield _area(f"be-{district:02d}", "bezirk", "stadt", None)
    for quarter in range(QUARTERS):
        shape = _tile(quarter // 24, quarter % 24)
        yield _area(f"pr-{quarter:03d}", "planungsraum", f"be-{quarter % DISTRICTS:02d}", shape)


def _tile(row: int, column: int) -> dict[str, Any]:
    """A square whose sides bend a little: neighbours share every point."""

    def point(x: float, y: float) -> list[float]:
        bend = ((int(x * 997) + int(y * 991)) % 7 - 3) * _SIDE / 60
        return [round(13 + x * _SIDE + bend, 6), round(52 + y * _SIDE * 0.6 + bend, 6)]

    steps = [n / _POINTS for n in range(_POINTS)]
    ring = [point(column + s, row) for s in steps]
    ring += [point(column + 1, row + s) for s in steps]
    ring += [point(column + 1 - s, row + 1) for s in steps]
    ring += [point(column, row + 1 - s) for s in steps]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def _area(key: str, level: str, parent: str | None, shape: object) -> dict[str, Any]:
    properties = {"key": key, "name": key, "level": level, "valid_from": "1990-01-01"}
    if parent:
        properties["parent"] = parent
    return {"type": "Feature", "geometry": shape, "properties": properties}
