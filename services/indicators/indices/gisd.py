"""The indicators of the German Index of Socioeconomic Deprivation (GISD) and their shares.

Robert Koch-Institut, data set documentation of the release 2022 v0.3 (CC BY 4.0): shares of the
index in per cent, from principal component analyses pooled over 2001 to 2019. Other releases have
other shares.
"""

from collections.abc import Sequence
from decimal import Decimal

from services.contracts.indicators.index_methods import Direction
from services.contracts.indicators.index_presets import PresetComponent

_ROWS: Sequence[tuple[str, str, str, str, Direction]] = (
    (
        "Bildung",
        "Beschäftigte mit akademischem Abschluss am Wohnort, Anteil",
        "employees with an academic degree at their place of residence, share",
        "11.4",
        Direction.lowers,
    ),
    (
        "Bildung",
        "Beschäftigte ohne Berufsabschluss am Wohnort, Anteil",
        "employees without vocational training at their place of residence, share",
        "12.6",
        Direction.raises,
    ),
    (
        "Bildung",
        "Schulabgängerinnen und -abgänger ohne Hauptschulabschluss, Anteil",
        "school leavers without a certificate, share",
        "9.3",
        Direction.raises,
    ),
    ("Beschäftigung", "Beschäftigtenquote", "employment rate", "7.7", Direction.lowers),
    (
        "Beschäftigung",
        "Arbeitslose je Einwohnerinnen und Einwohner im erwerbsfähigen Alter",
        "unemployed per inhabitants of working age",
        "13.3",
        Direction.raises,
    ),
    ("Beschäftigung", "Bruttoverdienst", "gross earnings", "12.3", Direction.lowers),
    (
        "Einkommen",
        "Einkommensteuer je Einwohnerin und Einwohner",
        "income tax per inhabitant",
        "13.5",
        Direction.lowers,
    ),
    (
        "Einkommen",
        "Haushaltseinkommen je Einwohnerin und Einwohner",
        "household income per inhabitant",
        "13.8",
        Direction.lowers,
    ),
    ("Einkommen", "Schuldnerquote", "rate of debtors", "6.0", Direction.raises),
)

COMPONENTS = [
    PresetComponent(
        name={"de": f"{dimension}: {german}", "en": english},
        direction=direction,
        weight=Decimal(weight),
    )
    for dimension, german, english, weight, direction in _ROWS
]
