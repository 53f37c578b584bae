"""The other real files: described by a saved mapping, delivered, and read as they are printed."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.integration.indicators import roundtrip
from tests.integration.indicators.figures import COUNT, approved
from tests.integration.indicators.printed import Cross, Printed, Wide
from tests.support.towns import Door

OPEN = {"kind": "none", "reason": "Published by the office, protected there."}
SEX = {"männlich": "GESM", "weiblich": "GESW"}
TOTALS = {"Insgesamt": "", "insgesamt": "", "zusammen": ""}
AGES = {
    "unter 1 Jahr": "ALT000B01",
    **{f"{n} bis unter {n + 1} Jahre": f"ALT{n:03}B{n + 1:02}" for n in range(1, 75)},
    "75 bis unter 80 Jahre": "ALT075B80",
    "80 bis unter 85 Jahre": "ALT080B85",
    "85 bis unter 90 Jahre": "ALT085B90",
    "90 Jahre und mehr": "ALT090UM",
}
CROSSES = [
    Cross(
        "12411-04-02-4",
        headings=7,
        before=("ALT",),
        above={6: "GES"},
        codes=TOTALS | SEX | AGES,
        measures={"Bevölkerungsstand": "bevoelkerung"},
        names=None,
        only="16",
    ),
    Cross(
        "22151-01-02-4",
        headings=9,
        before=("GES",),
        above={6: "GRUPPE", 7: "ALTGR"},
        codes=TOTALS
        | SEX
        | {
            "außerhalb von Einrichtungen": "draussen",
            "in Einrichtungen": "drinnen",
            "Deutsche": "NATD",
            "Ausländer(innen)": "NATA",
            "18 Jahre bis unter die Altersgrenze": "ALT018BGRENZE",
            "Altersgrenze und älter": "ALTGRENZEUM",
        },
        measures={"Empfänger von Grundsicherung": "grundsicherung"},
    ),
    Cross(
        "22541-01-01-4",
        headings=9,
        before=(),
        above={7: "ART"},
        codes=TOTALS
        | {
            "Kindergärten": "kindergarten",
            "Horte": "hort",
            "Kinderkrippen": "krippe",
            "anderweitige Einrichtungen": "andere",
            "Plätze für Krippenkinder": "krippe",
            "Plätze für Kindergartenkinder": "kindergarten",
            "Plätze für Hortkinder": "hort",
        },
        measures={
            "Tageseinrichtungen für Kinder": "einrichtungen",
            "Verfügbare Plätze": "plaetze",
            "Tätige Personen": "personal",
        },
    ),
    Cross(
        "22811-02-02-4",
        headings=9,
        before=(),
        above={6: "ERWERB", 7: "GRUPPE"},
        codes=TOTALS
        | SEX
        | {
            "erwerbsf. Leistungsberech. (Arbeitslosengeld II)": "ALG2",
            "nicht erwerbsf. Leistungsberech. (Sozialgeld)": "SOZG",
            "Ausländer(innen)": "NATA",
            "unter 15 Jahre": "ALT000B15",
            "unter 25 Jahre": "ALT000B25",
            "25 bis unter 50 Jahre": "ALT025B50",
            "50 bis unter 55 Jahre": "ALT050B55",
            "55 Jahre und mehr": "ALT055UM",
        },
        measures={
            "Personen in Bedarfsgemeinschaften nach dem SGB II": "personen",
            "dar.: Regelleistungsberechtigte nach dem SGB II": "berechtigte",
        },
    ),
]
STATUS = {"hoch": "1", "mittel": "2", "niedrig": "3", "sehr niedrig": "4"}
CHANGE = {"+": "1", "+/-": "2", "-": "3"}
CHANGE_NAMES = {"positiv": "1", "stabil": "2", "negativ": "3"}
"""The classes of Berlin's monitoring as numbers; a minus is a class there, not a dash."""
CLASSES = {
    "status_index_klasse": STATUS,
    "dynamik_index": CHANGE,
    "dynamik_index_klasse": CHANGE_NAMES,
    "status_dynamik_index": {
        f"{status}{sign}": f"{status}{change}"
        for status in STATUS.values()
        for sign, change in CHANGE.items()
    },
    "status_dynamik_index_klasse": {
        f"Status {name}, Dynamik {direction}": f"{status}{change}"
        for name, status in STATUS.items()
        for direction, change in CHANGE_NAMES.items()
    },
    "z_d3_percentage_transfer_payments_recipients": STATUS,
}
PARTS = ("district_id", "forecast_area_id", "district_region_id", "planning_area_id")


def _berlin(name: str, period: str, prefix: str = "") -> Wide:
    return Wide(f"berlin_population/{name}-plr.csv", period=period, beside=PARTS, prefix=prefix)


def _mss(year: int, part: str, period: str) -> Wide:
    return Wide(
        f"mss/{year}/mss-{year}-{part}.csv",
        label="name",
        period=period,
        prefix=f"table-{part[0]}-",
        classes=CLASSES,
    )


SHELVES: dict[str, Sequence[Cross | Wide]] = {
    "berlin-until-2020": [_berlin("2019-02-t2", "2019-12-31"), _berlin("2020-02-t2", "2020-12-31")],
    "berlin-since-2021": [
        _berlin("2021-01-t2", "2021-06-30"),
        _berlin("2024-02-t2", "2024-12-31"),
        _berlin("2024-02-t4", "2024-12-31", "origin-"),
    ],
    **{
        f"mss-{year}": [_mss(year, part, period) for part in ("1", "2-1", "2-2", "2-3", "3", "4-1")]
        for year, period in ((2017, "2016-12-31"), (2019, "2018-12-31"))
    },
    "gisd-germany": [Wide("gisd/GISD_Bund_Kreis.csv", area="kreis_id", label="kreis_name")],
    "gisd-thuringia": [
        Wide(
            "gisd/GISD_Thueringen_Gemeindeverband.csv",
            area="gvb_id",
            label="gvb_name",
            format="long_csv",
        )
    ],
    "jena": [
        Wide(
            f"jena/{name}.csv",
            area="statistischer_Bezirk_Nr",
            label="statistischer_Bezirk_Name",
            days_of=name.replace("_", "-"),
            format="wide_periods",
        )
        for name in ("hh_priv", "hh_priv_1", "hh_priv_1_60plus")
    ],
    **{f"{cross.name}-{cross.only or 'whole'}": [cross] for cross in CROSSES},
}
"""Files of one territory, which is brought in once for them; some have the same columns."""


async def _equip(door: Door, cells: list[Printed]) -> dict[str, str]:
    """An area for every code, brought in as one map, and an open indicator for every measure."""
    level = {"key": "raum", "name": {"de": "Raum"}, "position": 1}
    await door.made("/area-levels", level)
    labels = {cell.code: cell.label or cell.code for cell in cells}
    keys = {code: f"raum-{code.lower()}" for code in labels}
    features = [
        {
            "type": "Feature",
            "geometry": None,
            "properties": {"key": keys[code], "name": label, "codes": {"ags": code}},
        }
        for code, label in labels.items()
    ]
    sent = {"type": "FeatureCollection", "features": features}
    answer = await door.post("/areas/import?level=raum&valid_from=1990-01-01", sent)
    assert len(answer.json()["created"]) == len(labels), answer.text
    below = {cell.indicator for cell in cells if cell.value is not None and cell.value < 0}
    for key in sorted({cell.indicator for cell in cells}):
        kind = "index" if key in below else "count"
        indicator = {**COUNT, "key": key, "name": {"de": key}, "kind": kind, "protection": OPEN}
        await door.made("/indicators", indicator)
    return keys


async def _described(door: Door, file: bytes, table: Cross | Wide, key: str) -> str:
    """The mapping that fits the file; where there is none, the proposal corrected and saved."""
    answer = await door("POST", "/mappings/proposals", content=file)
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert found["format"] == table.format
    if found["mapping"] is not None:
        return str(found["mapping"])
    proposal: dict[str, Any] = found["proposal"]
    corrected = _cross(proposal, table) if isinstance(table, Cross) else _wide(proposal, table)
    mapping = {"key": key, "title": {"de": key}, "source": "Amt", **proposal, **corrected}
    await door.made("/mappings", mapping)
    return key


def _cross(proposal: Mapping[str, Any], table: Cross) -> dict[str, Any]:
    columns = {column["name"]: column for column in proposal["columns"]}
    dimensions = [*table.before, *table.above.values()]
    for n, code in enumerate(dimensions, start=1):
        column = columns[f"D{n}"]
        codes = {label: table.codes[label] for label in column["codes"]}
        columns[f"D{n}"] = {**column, "code": code, "codes": codes}
    for label, indicator in table.measures.items():
        columns[label] = {**columns[label], "measure": indicator}
    return {"columns": list(columns.values()), "unknown_codes": "refuse"}


def _wide(proposal: Mapping[str, Any], table: Wide) -> dict[str, Any]:
    if table.days_of:
        return {"area_scheme": "ags"}
    columns = []
    for column in proposal["columns"]:
        name = column["name"]
        if name in table.beside:
            column |= {"role": "ignore", "measure": None}
        elif name not in (table.area, table.label, "year"):
            codes = table.classes.get(name, {})
            column |= {"role": "value", "measure": table.indicator_of(name), "codes": codes}
        columns.append(column)
    return {"columns": columns}


@pytest.mark.parametrize("tables", SHELVES.values(), ids=SHELVES)
async def test_tables_read_as_they_are_printed(
    indicators: Door, shared_data: Path, tables: Sequence[Cross | Wide]
) -> None:
    folder = shared_data / "indicators"
    printed = [list(table.cells(folder)) for table in tables]
    cells = [cell for those in printed for cell in those]
    keys = await _equip(indicators, cells)
    deliveries = []
    for n, table in enumerate(tables):
        file = table.content(folder)
        mapping = await _described(indicators, file, table, f"amt-{n}")
        key = await approved(indicators, file, **table.said)
        delivery = (await indicators.get(f"/deliveries/{key}")).json()
        assert (delivery["format"], delivery["mapping"]) == (table.format, mapping)
        assert delivery["counts"]["figures"] == len(printed[n])
        deliveries.append(key)
    await indicators.made("/releases", {"title": {"de": "Stand"}, "deliveries": deliveries})
    await roundtrip.comes_back(
        indicators,
        (
            roundtrip.Printed(
                (cell.indicator, keys[cell.code], cell.period, cell.breakdown),
                (cell.value, cell.status),
            )
            for cell in cells
        ),
    )
