"""What is in a file of facilities: GeoJSON or CSV read into records, each with its places."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from services.contracts.shared.problems import Fault
from services.indicators.areas.rules import crs_problem
from services.kit.problems import Invalid
from services.kit.tabular.content import DAMAGED_UTF8

MOST = 5_000
_ACCESS = (
    "step_free",
    "lift",
    "toilet",
    "parking",
    "seeing",
    "hearing",
    "sign_language",
    "easy_language",
)
_PLAIN = ("key", "kind", "provider", "state", "starts_on", "ends_on", "area", "address", "website")
_NAMES = {"name": "de", "name_en": "en", "name_it": "it"}
_LISTS = ("target_groups", "languages")
_PLACES = ("places", "places_from", "places_forecast")
_POINT = ("longitude", "latitude")
COLUMNS = frozenset(
    (*_PLAIN, "visibility", *_NAMES, *_LISTS, *_PLACES, *_POINT, *_ACCESS, "publisher", "licence")
)
_KEY = re.compile(r"[a-z0-9-]{1,80}")
_TRUE = {"": False, "false": False, "no": False, "0": False, "true": True, "yes": True, "1": True}


class Record(NamedTuple):
    """What a file says of one facility; `at` is where, in words of the file."""

    at: str
    told: dict[str, Any]
    entry: dict[str, Any] | None
    """An entry of the capacity that is put to those that are there."""

    def fault(self, place: tuple[int | str, ...], code: str, detail: str) -> Fault:
        """A fault of this record, in the file's own terms."""
        return Fault(
            pointer=f"{self.at}/{self._named(place)}".rstrip("/"), code=code, detail=detail
        )

    def _named(self, place: tuple[int | str, ...]) -> str:
        parts = [str(part) for part in place]
        if self.at.startswith("/features"):
            head = ["geometry", *parts[1:]] if parts[0] == "location" else ["properties", *parts]
            return "/".join(head)
        if parts[0] == "capacity":
            return _ENTRY.get(parts[-1], "places")
        return _COLUMN_OF.get("/".join(parts), _COLUMN_OF.get(parts[0], parts[-1]))


_ENTRY = {"valid_from": "places_from", "forecast": "places_forecast"}
_COLUMN_OF = {
    "name/de": "name",
    "name/en": "name_en",
    "name/it": "name_it",
    "location/coordinates/0": "longitude",
    "location/coordinates/1": "latitude",
    "location": "longitude",
    "target_groups": "target_groups",
    "languages": "languages",
    "source/publisher": "publisher",
    "source/licence": "licence",
}


def features_of(data: bytes) -> list[Record]:
    """The features of a GeoJSON FeatureCollection.

    Properties are the fields of a facility; `name` may be the German name alone. Properties that
    are no fields, such as those of a GIS, are ignored. Refused is anything else.
    """
    try:
        document = json.loads(_text(data), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise _refusal("json", "The file is not JSON.") from None
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or document.get("type") != "FeatureCollection":
        raise _refusal("geojson", "The file is not a GeoJSON FeatureCollection.")
    foreign = crs_problem(document.get("crs"), "/crs")
    if foreign:
        raise Invalid(foreign.detail, pointer=foreign.pointer, code="crs")
    return [_feature(n, feature) for n, feature in enumerate(_not_too_many(features))]


def _feature(n: int, feature: object) -> Record:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(feature, dict) or not isinstance(properties, dict):
        raise Invalid("This is not a feature.", pointer=f"/features/{n}", code="geojson")
    fields = {*_PLAIN, "visibility", "name", *_LISTS, "capacity", "accessibility", "description"}
    told = {name: value for name, value in properties.items() if name in {*fields, "source"}}
    if isinstance(told.get("name"), str):
        told["name"] = {"de": told["name"]}
    if feature.get("geometry") is not None:
        told["location"] = feature["geometry"]
    return Record(f"/features/{n}", told, None)


def rows_of(data: bytes) -> list[Record]:
    """The rows of a CSV file with the columns of `COLUMNS`, separated by comma, semicolon or tab.

    An empty cell says nothing. Lists are separated by `|`; a decimal comma is understood.
    Refused is a file without the column `key`, and one with a column that is not known.
    """
    text = _text(data)
    first = text[: text.find("\n") + 1] or text
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[Record] = []
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        _check_header(header)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                at = f"/{reader.line_num}"
                if len(cells) != len(header):
                    detail = f"Line {reader.line_num} has {len(cells)} cells, not {len(header)}."
                    raise Invalid(detail, pointer=at, code="cells")
                records.append(_row(at, dict(zip(header, map(str.strip, cells), strict=True))))
                _not_too_many(records)
    except csv.Error as error:
        raise Invalid(
            f"Line {reader.line_num}: {error}.", pointer=f"/{reader.line_num}", code="csv"
        ) from None
    return records


def _check_header(header: list[str]) -> None:
    if "key" not in header:
        raise _refusal("header", "There is no column `key` in the first line.")
    for n, name in enumerate(header):
        if name not in COLUMNS:
            known = ", ".join(sorted(COLUMNS))
            raise _refusal("header", f"There is no field {name[:40]!r}; known are {known}.")
        if name in header[:n]:
            raise _refusal("header", f"The column {name} is there twice.")


def _row(at: str, cells: Mapping[str, str]) -> Record:
    said = {name: cell for name, cell in cells.items() if cell}
    told: dict[str, Any] = {n: c for n, c in said.items() if n in (*_PLAIN, "visibility")}
    names = {language: said[name] for name, language in _NAMES.items() if name in said}
    lists = {name: [p.strip() for p in said[name].split("|")] for name in _LISTS if name in said}
    if names:
        told["name"] = names
    if "languages" in lists:
        told["languages"] = lists["languages"]
    if "target_groups" in lists:
        told["target_groups"] = [{"de": group} for group in lists["target_groups"]]
    if any(name in said for name in _POINT):
        position = [_number(said.get(name, "")) for name in _POINT]
        told["location"] = {"type": "Point", "coordinates": position}
    access = {name: said[name].lower() for name in _ACCESS if name in said}
    if access:
        told["accessibility"] = access
    source = {name: said[name] for name in ("publisher", "licence") if name in said}
    if source:
        told["source"] = source
    return Record(at, told, _entry(said))


def _entry(said: Mapping[str, str]) -> dict[str, Any] | None:
    if "places" not in said:
        return None
    forecast = said.get("places_forecast", "").lower()
    entry = {"places": said["places"], "forecast": _TRUE.get(forecast, forecast)}
    if "places_from" in said:
        entry["valid_from"] = said["places_from"]
    return entry


def _number(cell: str) -> object:
    try:
        return float(cell.replace(",", "."))
    except ValueError:
        return cell or None


def merged(record: Record, before: Mapping[str, Any] | None) -> dict[str, Any]:
    """The facility after the import: what the file does not say stays as it was `before`."""
    now = dict(before or {})
    for name, value in record.told.items():
        both = isinstance(value, dict) and isinstance(now.get(name), dict) and name != "location"
        now[name] = {**now[name], **value} if both else value
    if record.entry is not None:
        day = record.entry.get("valid_from")
        kept = [one for one in now.get("capacity", ()) if one["valid_from"] != day]
        now["capacity"] = [*kept, record.entry]
    return now


def _not_too_many(records: list[Any]) -> list[Any]:
    if len(records) > MOST:
        raise _refusal("too_many", f"More than {MOST} facilities in one file.")
    return records


def _text(data: bytes) -> str:
    if b"\x00" in data:
        raise _refusal("not_text", "The file holds binary data.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
    # Letters of UTF-8 among others would be read as two signs each.
    if not DAMAGED_UTF8.search(data):
        with suppress(UnicodeDecodeError):
            return data.decode("cp1252")
    detail = f"Line {line}: this is neither UTF-8 nor Windows-1252, or some of both."
    raise _refusal("encoding", detail)


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _refusal(code: str, detail: str) -> Invalid:
    return Invalid(detail, pointer="", code=code)


def named(record: Record, field: str) -> str | None:
    """The key that a record names; None where there is none, or something that is no key."""
    value = record.told.get(field)
    return value if isinstance(value, str) and _KEY.fullmatch(value) else None


def repeated(records: list[Record]) -> Iterator[Fault]:
    """Facilities that stand in the file twice."""
    seen: set[str] = set()
    for record in records:
        key = named(record, "key")
        if key in seen:
            yield record.fault(("key",), "repeated", f"{key} stands in the file twice.")
        seen |= {key} if key else set()
