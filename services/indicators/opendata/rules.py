"""The catalogue in the words of DCAT-AP.de, as JSON-LD: pure functions.

https://www.dcat-ap.de/def/dcatde/ - addresses are relative to the address by which the installation
is known, so that they stay the same wherever a portal keeps the document; without one to where it
was fetched.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.contracts.indicators.catalogue import Source

Node = dict[str, Any]
Words = Mapping[str, str]
"""A text by language."""
_EU = "http://publications.europa.eu/resource/authority"
_DE = "http://dcat-ap.de/def"
_CONTEXT: Node = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatde": f"{_DE}/dcatde/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
LICENCES: Mapping[str, str] = {
    "dl-de/by-2-0": f"{_DE}/licenses/dl-by-de/2.0",
    "dl-de/zero-2-0": f"{_DE}/licenses/dl-zero-de/2.0",
    "cc-by-4.0": f"{_DE}/licenses/cc-by/4.0",
    "cc-by-3.0-de": f"{_DE}/licenses/cc-by-de/3.0",
    "cc0-1.0": f"{_DE}/licenses/cc-zero",
}
_CLOSED = f"{_DE}/licenses/other-closed"
"""Where a source names no licence that is known to be open, nothing is promised."""
FORMS = (
    ("csv", "CSV", "text/csv", "CSV"),
    ("sdmx-csv", "SDMX-CSV", "application/vnd.sdmx.data+csv", "CSV"),
    ("jsonstat", "JSON-stat", "application/vnd.json-stat+json", "JSON"),
    ("xlsx", "XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"),
    ("geojson", "GeoJSON", "application/geo+json", "GEOJSON"),
)
_PERIODICITY = {
    "year": "ANNUAL",
    "half_year": "ANNUAL_2",
    "quarter": "QUARTERLY",
    "month": "MONTHLY",
    "day": "DAILY",
    "irregular": "IRREG",
}


@dataclass(frozen=True)
class Offered:
    """An indicator with figures, as far as everybody may see it."""

    key: str
    name: Words
    description: Words | None
    source: Source
    periodicity: str
    modified: datetime
    first: date
    last: date


@dataclass(frozen=True)
class Dataset:
    """The indicators of a topic, or one indicator."""

    key: str
    name: Words
    description: Words | None
    indicators: Sequence[Offered]


@dataclass(frozen=True)
class Town:
    """Who publishes, and the address of the installation if one is set."""

    key: str
    ars: int
    name: Words
    address: str | None = None


def _context(town: Town) -> Node:
    return _CONTEXT if town.address is None else {"@base": f"{town.address}/", **_CONTEXT}


def catalogue(town: Town, datasets: Sequence[Dataset]) -> Node:
    """A dcat:Catalog with all datasets."""
    title = {
        "de": f"Indikatorenkatalog: {town.name['de']}",
        "en": f"Catalogue of indicators: {town.name.get('en') or town.name['de']}",
    }
    described = {
        "de": "Veröffentlichte Kennzahlen der integrierten Sozialplanung, nach statistischer "
        "Geheimhaltung.",
        "en": "Published indicators of integrated social planning, after disclosure control.",
    }
    node: Node = {
        "@context": _context(town),
        "@id": f"/v1/{town.key}/catalogue.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": _literals(title),
        "dct:description": _literals(described),
        "dct:publisher": _publisher(town),
        "dct:language": [{"@id": f"{_EU}/language/DEU"}, {"@id": f"{_EU}/language/ENG"}],
        "dcat:themeTaxonomy": {"@id": f"{_EU}/data-theme"},
        "dcat:dataset": [_dataset(town, one) for one in datasets],
    }
    changes = [offered.modified for one in datasets for offered in one.indicators]
    if changes:
        node["dct:modified"] = _moment(max(changes))
    return node


def alone(town: Town, dataset: Dataset) -> Node:
    """A dcat:Dataset by itself."""
    return {"@context": _context(town), **_dataset(town, dataset)}


def _dataset(town: Town, dataset: Dataset) -> Node:
    address = f"/v1/{town.key}/catalogue/datasets/{dataset.key}"
    frequencies = {one.periodicity for one in dataset.indicators}
    node: Node = {
        "@id": address,
        "@type": "dcat:Dataset",
        "dct:identifier": f"{town.ars:012d}/{dataset.key}",
        "dct:title": _literals(dataset.name),
        "dct:description": _literals(_described(dataset)),
        "dct:publisher": _publisher(town),
        "dcat:theme": {"@id": f"{_EU}/data-theme/SOCI"},
        "dcat:keyword": [
            {"@language": language, "@value": name}
            for one in dataset.indicators
            for language, name in sorted(one.name.items())
        ],
        "dct:modified": _moment(max(one.modified for one in dataset.indicators)),
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _day(min(one.first for one in dataset.indicators)),
            "dcat:endDate": _day(max(one.last for one in dataset.indicators)),
        },
        "dcatde:politicalGeocodingURI": {
            "@id": f"{_DE}/politicalGeocoding/regionalKey/{town.ars:012d}"
        },
        "dcatde:politicalGeocodingLevelURI": {
            "@id": f"{_DE}/politicalGeocoding/Level/{_level(town)}"
        },
        "dct:accessRights": {"@id": f"{_EU}/access-right/PUBLIC"},
        "dcat:distribution": [
            _distribution(town, address, sources, place, form)
            for place, sources in enumerate(_by_licence(dataset.indicators))
            for form in FORMS
        ],
    }
    if len(frequencies) == 1:
        frequency = _PERIODICITY[frequencies.pop()]
        node["dct:accrualPeriodicity"] = {"@id": f"{_EU}/frequency/{frequency}"}
    return node


def _by_licence(indicators: Sequence[Offered]) -> list[list[Offered]]:
    """Indicators of one licence and publisher together: a file has one licence."""
    groups: dict[tuple[str, str], list[Offered]] = {}
    for one in indicators:
        groups.setdefault((licence(one.source), one.source.publisher), []).append(one)
    return [groups[key] for key in sorted(groups)]


def licence(source: Source) -> str:
    """The address of the licence of a source."""
    return LICENCES.get((source.licence or "").strip().lower(), _CLOSED)


def _distribution(
    town: Town, dataset: str, offered: Sequence[Offered], place: int, form: tuple[str, ...]
) -> Node:
    name, title, media_type, file_type = form
    keys = ",".join(one.key for one in offered)
    address = f"/v1/{town.key}/observations?indicator={keys}&format={name}"
    source = offered[0].source
    return {
        "@id": f"{dataset}#{name}-{place}",
        "@type": "dcat:Distribution",
        "dct:title": _literals({"de": f"{title}: {source.publisher}"}),
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dct:license": {"@id": licence(source)},
        "dcatde:licenseAttributionByText": _literals({"de": source.publisher}),
        "dct:format": {"@id": f"{_EU}/file-type/{file_type}"},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media_type}"},
        "dct:modified": _moment(max(one.modified for one in offered)),
    }


def _described(dataset: Dataset) -> Words:
    if dataset.description:
        return dataset.description
    names = sorted(one.name["de"] for one in dataset.indicators)
    return {"de": "; ".join(names)}


def _publisher(town: Town) -> Node:
    return {
        "@id": f"/v1/municipalities/{town.key}",
        "@type": "foaf:Organization",
        "foaf:name": _literals(town.name),
    }


def _level(town: Town) -> str:
    """A county ends its key with zeros from the sixth digit on; so does an independent city."""
    return "administrativeDistrict" if town.ars % 10**7 == 0 else "municipality"


def _literals(texts: Words) -> list[Node]:
    return [{"@language": language, "@value": text} for language, text in sorted(texts.items())]


def _moment(at: datetime) -> Node:
    return {"@type": "xsd:dateTime", "@value": at.isoformat(timespec="seconds")}


def _day(day: date) -> Node:
    return {"@type": "xsd:date", "@value": day.isoformat()}


def apart(key: str, topics: Collection[str]) -> str:
    """The key of an indicator's dataset; another where a topic has it."""
    return f"{key}-alone" if key in topics else key


def datasets(topics: Iterable[Dataset], alone: Iterable[Dataset]) -> list[Dataset]:
    """Those that have figures: first the topics, then the indicators without one."""
    return [one for one in (*topics, *alone) if one.indicators]
