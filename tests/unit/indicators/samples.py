"""Small delivered files in the formats of the statistics offices, written for the tests."""

import zipfile
from io import BytesIO

HEADER = (
    "statistics_code;statistics_label;time_code;time_label;time;"
    "1_variable_code;1_variable_label;1_variable_attribute_code;1_variable_attribute_label;"
    "2_variable_code;2_variable_label;2_variable_attribute_code;2_variable_attribute_label;"
    "value;value_unit;value_variable_code;value_variable_label;value_q"
)


def flat_row(
    value: str,
    *,
    area: str = "16053",
    scheme: str = "KREISE",
    sex: str = "GESW",
    variable: str = "GES",
    time: str = "2024-12-31",
    quality: str = "e",
    measure: str = "BEVSTD",
    unit: str = "Anzahl",
) -> str:
    """One line of a flat file: women in Jena, unless told otherwise."""
    label = {"16053": "Jena, kreisfreie Stadt", "DG": "Deutschland"}.get(area, f"Kreis {area}")
    return (
        f"12411;Fortschreibung des Bevölkerungsstandes;STAG;Stichtag;{time};"
        f"{scheme};Gebiet;{area};{label};{variable};Geschlecht;{sex};{sex or 'Insgesamt'};"
        f"{value};{unit};{measure};Bevölkerungsstand;{quality}"
    )


def flat_file(*rows: str, header: str = HEADER) -> bytes:
    """A flat file of these lines, with the byte order mark the offices put in front."""
    return "\r\n".join([header, *rows, ""]).encode("utf-8-sig")


def zipped(*files: bytes) -> bytes:
    """A zip archive of these files."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for n, content in enumerate(files):
            archive.writestr(f"12411-01-01-4_{n}_flat.csv", content)
    return target.getvalue()
