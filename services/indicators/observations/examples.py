"""What answers look like, for the API document."""

from typing import Any

from services.contracts.indicators.areas import TILE
from services.contracts.indicators.observations import ObservationRows, Observations
from services.indicators.observations.answers import MEDIA
from services.kit.openapi import inlined
from services.kit.problems import NotAcceptable, refusals

_CSV_EXAMPLE = (
    "indicator,indicator_name,area,area_name,period,breakdown,value,status,unit,reason,"
    "provisional\r\nbevoelkerung,Bevölkerung,wartburgkreis,Wartburgkreis,2024-12-31,,154957,"
    "normal,Personen,,false\r\n"
)
_SDMX_EXAMPLE = (
    "STRUCTURE,STRUCTURE_ID,ACTION,INDICATOR,REF_AREA,GES,TIME_PERIOD,OBS_VALUE,OBS_STATUS,"
    "CONF_STATUS,UNIT_MEASURE,DECIMALS,STATUS,REASON,PROVISIONAL\r\n"
    "dataflow,PLANRAUM:OBSERVATIONS(1.0.0),M,bevoelkerung,wartburgkreis,_T,2024-12-31,154957,A,F,"
    "Personen,0,normal,,false\r\n"
)
_LINE_EXAMPLE = (
    '{"indicator":"bevoelkerung","area":"wartburgkreis","period":"2024-12-31","breakdown":{},'
    '"value":154957,"status":"normal","reason":null,"provisional":false}\n'
)

_DATASET: dict[str, Any] = {
    "version": "2.0",
    "class": "dataset",
    "label": "Bevölkerung",
    "source": "Statistisches Bundesamt, 12411-01-01-4, dl-de/by-2-0",
    "updated": "2026-01-15T09:30:00+00:00",
    "id": ["indicator", "area", "period"],
    "size": [1, 1, 1],
    "role": {"metric": ["indicator"], "geo": ["area"], "time": ["period"]},
    "dimension": {
        "indicator": {
            "label": "Indikator",
            "category": {
                "index": ["bevoelkerung"],
                "label": {"bevoelkerung": "Bevölkerung"},
                "unit": {"bevoelkerung": {"label": "Personen", "decimals": 0}},
            },
        },
        "area": {
            "label": "Gebiet",
            "category": {"index": ["wartburgkreis"], "label": {"wartburgkreis": "Wartburgkreis"}},
        },
        "period": {
            "label": "Zeitraum",
            "category": {"index": ["2024-12-31"], "label": {"2024-12-31": "2024-12-31"}},
        },
    },
    "status": {},
    "extension": {
        "planraum": {
            "release": 3,
            "statuses": {"normal": {"marker": "", "label": "Wert liegt vor"}},
            "reasons": {},
            "provisional": [],
        }
    },
    "value": [154957],
}
_MAP: dict[str, Any] = {
    "type": "FeatureCollection",
    "release": 3,
    "released_at": "2026-01-15T09:30:00+00:00",
    "indicators": {"bevoelkerung": {"name": "Bevölkerung", "unit": "Personen"}},
    "statuses": {"normal": {"marker": "", "label": "Wert liegt vor"}},
    "features": [
        {
            "type": "Feature",
            "id": "wartburgkreis",
            "geometry": TILE,
            "properties": {
                "area": "wartburgkreis",
                "name": "Wartburgkreis",
                "geometry_is_schematic": True,
                "indicator": "bevoelkerung",
                "period": "2024-12-31",
                "breakdown": {},
                "status": "normal",
                "provisional": False,
                "value": 154957,
            },
        }
    ],
}


def _text(example: str) -> dict[str, Any]:
    return {"schema": {"type": "string"}, "example": example}


def _object(description: str, example: dict[str, Any]) -> dict[str, Any]:
    return {"schema": {"type": "object", "description": description}, "example": example}


ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "model": Observations,
        "content": {
            MEDIA["rows"]: {"schema": inlined(ObservationRows)},
            MEDIA["jsonl"]: _text(_LINE_EXAMPLE),
            MEDIA["csv"]: _text(_CSV_EXAMPLE),
            MEDIA["sdmx-csv"]: _text(_SDMX_EXAMPLE),
            MEDIA["jsonstat"]: _object("A JSON-stat 2.0 dataset.", _DATASET),
            MEDIA["xlsx"]: {"schema": {"type": "string", "format": "binary"}},
            MEDIA["geojson"]: _object("A GeoJSON FeatureCollection (RFC 7946).", _MAP),
        },
    },
    304: {"description": "Nothing has changed since the answer with that ETag."},
    **refusals(NotAcceptable),
}
