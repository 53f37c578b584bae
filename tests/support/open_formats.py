"""The validators of the formats in which funded work is published, as their owners ship them."""

import csv
import io
import json
from copy import deepcopy
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from frictionless import Detector, Dialect, Resource, Schema, formats
from jsonschema import Draft202012Validator
from lxml import etree

SHARED = Path(__file__).parents[3] / "shared/data/projects"


def kohesio_faults(text: str) -> list[str]:
    """What the Commission's table schema and the three rules of its plugin say."""
    resource = Resource(
        data=text.encode(),
        format="csv",
        encoding="utf-8",
        schema=Schema.from_descriptor(deepcopy(_kohesio_schema())),
        dialect=Dialect(controls=[formats.CsvControl(delimiter=",", line_terminator="\r\n")]),
        detector=Detector(schema_sync=False),
    )
    faults = [message for (message,) in resource.validate().flatten(["message"])]
    return faults or _plugin_faults(text)


def threesixtygiving_faults(package: Any) -> list[str]:
    """What the schema of 360Giving says; dates are checked as dates."""
    checker = Draft202012Validator.FORMAT_CHECKER
    found = Draft202012Validator(_giving_schema(), format_checker=checker).iter_errors(package)
    return [f"{list(error.absolute_path)}: {error.message[:200]}" for error in found]


def iati_faults(document: bytes) -> list[str]:
    """What the XML schema of IATI 2.03 says."""
    schema = _iati_schema()
    schema.validate(etree.fromstring(document))
    return [str(error) for error in schema.error_log]


@cache
def _kohesio_schema() -> dict[str, Any]:
    return json.loads((SHARED / "kohesio/table-schema.json").read_text("utf-8"))


@cache
def _giving_schema() -> dict[str, Any]:
    """The grant's schema put into the package's, so that nothing is fetched."""
    folder = SHARED / "360giving"
    package = json.loads((folder / "360-giving-package-schema.json").read_text("utf-8"))
    grant = json.loads((folder / "360-giving-schema.json").read_text("utf-8"))
    package["$defs"] = grant.pop("$defs")
    for name in ("$id", "$schema"):
        grant.pop(name)
        package.pop(name)
    package["properties"]["grants"]["items"] = grant
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **package}


@cache
def _iati_schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SHARED / "iati/iati-activities-schema.xsd"))


def _plugin_faults(text: str) -> list[str]:
    faults = []
    for n, row in enumerate(csv.DictReader(io.StringIO(text, newline="")), 2):
        where = ("Postcode", "NUTS_code", "latitude_longitude")
        if not any(row[f"Location_Indicator_{name}"] for name in where):
            faults.append(f"{n}: nowhere")
        start, end = (
            datetime.strptime(row[f"Operation_{name}_Date"], "%d/%m/%Y").astimezone(UTC)
            for name in ("Start", "End")
        )
        if start > end:
            faults.append(f"{n}: ends before it starts")
        foreign = row["Total_Eligible_Expenditure_Currency"] != "EUR"
        if foreign and not row["Total_Eligible_Expenditure_Exchange_Rate"]:
            faults.append(f"{n}: no exchange rate")
    return faults
