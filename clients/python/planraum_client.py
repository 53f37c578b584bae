"""A client of Planraum in one file: figures down, a delivery up, lists page after page.

    export PLANRAUM_TOKEN=...        # an API key or access token; without it, what is public
    python planraum_client.py http://127.0.0.1:8000 jena figures einpersonenhaushalte
    python planraum_client.py http://127.0.0.1:8000 jena list measures key,title
    python planraum_client.py http://127.0.0.1:8000 jena deliver quarter.csv jenarbeit

Needs Python 3.11 and httpx. Copy it and make it yours.
"""

import hashlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import httpx

Json = dict[str, Any]
_AGAIN = {429, 503}


class Refusal(Exception):
    """A refusal of the platform (RFC 9457): decide by `type`, show `detail`."""

    def __init__(self, response: httpx.Response) -> None:
        told = response.json() if _is_json(response) and not response.is_success else {}
        self.status = response.status_code
        self.type: str = told.get("type", "about:blank")
        self.detail: str = told.get("detail", "The answer is not JSON of Planraum.")
        self.errors: Sequence[Mapping[str, str]] = told.get("errors", ())
        where = [f"{e.get('pointer') or e.get('parameter')}: {e['detail']}" for e in self.errors]
        super().__init__(" ".join([f"{self.status} {self.detail}", *where]))


def _is_json(response: httpx.Response) -> bool:
    kind: str = response.headers.get("content-type", "").partition(";")[0]
    return kind == "application/json" or kind.endswith("+json")


class Figure(NamedTuple):
    """One published figure; without a value `status` says why, and it is not zero."""

    indicator: str
    area: str
    period: str
    breakdown: str
    value: Decimal | None
    status: str


class Planraum:
    """One municipality of an installation, as whoever holds the token."""

    def __init__(
        self,
        url: str,
        municipality: str,
        token: str | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        headers = {"Accept": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        self._http = httpx.Client(base_url=url, headers=headers, timeout=60)
        self._base, self._wait = f"/v1/{municipality}", wait

    def get(self, path: str, **query: str | int) -> Json:
        """Read one address below the municipality as JSON: `get("bodies/stadtrat/page")`."""
        return self._json("GET", f"{self._base}/{path}", params=query)

    def items(self, path: str, **query: str | int) -> Iterator[Json]:
        """Everything in a list; pages are followed, cursors never built."""
        page = self.get(path, **query)
        yield from page["items"]
        while page["next"]:
            page = self._json("GET", page["next"])
            yield from page["items"]

    def figures(self, indicator: str, **query: str | int) -> Iterator[Figure]:
        """The published figures of an indicator: `figures("bevoelkerung", period="latest")`."""
        page = self.get("observations", indicator=indicator, **query)
        while True:
            columns = page["columns"]
            columns["value"] = [None if v is None else Decimal(v) for v in columns["value"]]
            yield from map(Figure, *(columns[name] for name in Figure._fields))
            if not page["next"]:
                return
            page = self._json("GET", page["next"])

    def batch(self, *paths: str) -> list[Json]:
        """Up to 20 reads in one call; each answer has its own `status` and `body`."""
        asked = {"requests": [{"path": f"{self._base}/{path}"} for path in paths]}
        answers: list[Json] = self._json("POST", f"{self._base}/batch", json=asked)["answers"]
        return answers

    def deliver(self, file: Path, source: str) -> Json:
        """Send a file of figures. Nothing is public by that: a second person approves, then it is
        released. The same file twice is one delivery, also when the first answer got lost."""
        content = file.read_bytes()
        once = hashlib.sha256(content).hexdigest()
        kind = "text/csv" if file.suffix.lower() == ".csv" else "application/octet-stream"
        return self._json(
            "POST",
            f"{self._base}/deliveries",
            params={"source": source},
            content=content,
            headers={"Content-Type": kind, "Idempotency-Key": once},
        )

    def _json(self, method: str, address: str, **more: Any) -> Json:
        for attempt in range(5):
            response = self._http.request(method, address, **more)
            if response.status_code not in _AGAIN or attempt == 4:
                break
            after = response.headers.get("retry-after", "")
            self._wait(int(after) if after.isdecimal() else 1)
        if not response.is_success or not _is_json(response):
            raise Refusal(response)
        # Amounts and figures are exact: never through a binary floating point number.
        told: Json = json.loads(response.text, parse_float=Decimal)
        return told


def main(url: str, municipality: str, what: str, *given: str) -> None:
    """What the command line asks for, one line of JSON each."""
    planraum = Planraum(url, municipality, os.environ.get("PLANRAUM_TOKEN"))
    match what, given:
        case "figures", (indicator,):
            found: Iterator[Any] = (figure._asdict() for figure in planraum.figures(indicator))
        case "list", (collection, fields):
            found = planraum.items(collection, fields=fields)
        case "deliver", (file, source):
            found = iter([planraum.deliver(Path(file), source)])
        case _:
            raise SystemExit(__doc__)
    for one in found:
        print(json.dumps(one, ensure_ascii=False, default=str))


if __name__ == "__main__":
    if len(sys.argv) < 4:
        raise SystemExit(__doc__)
    try:
        main(*sys.argv[1:])
    except (Refusal, httpx.TransportError) as ended:
        raise SystemExit(str(ended)) from None
