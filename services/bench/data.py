"""A town to measure with: 60 indicators in 200 areas over 16 years, delivered as offices do."""

from collections.abc import Iterator

import httpx
from rich.console import Console

from services.bench.chance import chance

TOWN = "messstadt"
INDICATORS, AREAS, YEARS = 60, 200, range(2009, 2025)


def fill(clients: tuple[httpx.Client, httpx.Client], console: Console) -> float:
    """Found the town and release 192,000 figures; seconds from sending the file to its release.

    `clients` are two administrators: nobody approves their own delivery.
    """
    first, second = clients
    _send(
        first,
        "/v1/municipalities",
        {
            "key": TOWN,
            "id": "169999999999",
            "name": {"de": "Messstadt"},
            "kind": "independent_city",
            "state": {"de": "Thüringen"},
        },
    )
    base = f"/v1/{TOWN}"
    _send(first, f"{base}/area-levels", {"key": "bezirk", "name": {"de": "Bezirk"}, "position": 0})
    _send(first, f"{base}/areas/import", {"type": "FeatureCollection", "features": list(_areas())})
    for number in range(INDICATORS):
        _send(first, f"{base}/indicators", _indicator(number))
    console.print("  delivering 192,000 figures ...")
    sent = first.post(
        f"{base}/deliveries",
        params={"source": "Messung"},
        content="".join(_rows()).encode(),
        headers={"Content-Type": "text/csv"},
    )
    sent.raise_for_status()
    key = sent.json()["key"]
    _send(second, f"{base}/deliveries/{key}/approval", None)
    released = _send(second, f"{base}/releases", {"deliveries": [key], "title": {"de": "Messung"}})
    return sent.elapsed.total_seconds() + released.elapsed.total_seconds()


def questions() -> tuple[tuple[str, str], ...]:
    """What is asked: a map of one period, and the whole series of one indicator."""
    base = f"/v1/{TOWN}/observations?indicator=i-07"
    return (
        ("one indicator x 200 areas", f"{base}&from=2024&until=2024"),
        ("one indicator, 3,200 values", base),
    )


def _send(client: httpx.Client, path: str, body: object) -> httpx.Response:
    response = client.post(path, json=body)
    if response.is_error:
        raise RuntimeError(f"{path} answered {response.text}")
    return response


def _areas() -> Iterator[dict[str, object]]:
    for number in range(AREAS):
        yield {
            "type": "Feature",
            "geometry": None,
            "properties": {
                "key": f"bezirk-{number:03d}",
                "name": f"Bezirk {number}",
                "level": "bezirk",
                "codes": {"statbez": f"{number:03d}"},
                "valid_from": "1990-01-01",
            },
        }


def _indicator(number: int) -> dict[str, object]:
    return {
        "key": f"i-{number:02d}",
        "name": {"de": f"Indikator {number}"},
        "unit": {"de": "Personen"},
        "kind": "count",
        "source": {"publisher": "Messung"},
        "periodicity": "year",
    }


def _rows() -> Iterator[str]:
    draw = chance(7)
    yield "indicator;area;period;value\n"
    for indicator in range(INDICATORS):
        for area in range(AREAS):
            for year in YEARS:
                yield f"i-{indicator:02d};{area:03d};{year};{draw.randrange(100, 9999)}\n"
