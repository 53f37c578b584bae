"""Single figures from the regional database of the statistical offices (dl-de/by-2-0)."""

from collections.abc import Collection

from services.demo.figures import Figure, Table, Value, per_hundred, series

_SOURCE = "Statistische Ämter des Bundes und der Länder, Tabelle"
_2015, _2016, _2024 = "2015-12-31", "2016-12-31", "2024-12-31"

_POPULATION: dict[tuple[str, str], tuple[int, int, int]] = {
    ("deutschland", _2015): (82_175_684, 40_514_123, 41_661_561),
    ("thueringen", _2015): (2_170_714, 1_075_139, 1_095_575),
    ("jena", _2015): (109_527, 54_467, 55_060),
    ("eisenach", _2015): (42_417, 20_810, 21_607),
    ("wartburgkreis", _2015): (125_655, 62_914, 62_741),
    ("jena", _2024): (109_725, 53_798, 55_927),
    ("wartburgkreis", _2024): (154_957, 76_953, 78_004),
}
"""All, men, women."""

_SGB2: dict[tuple[str, str], tuple[int, int]] = {
    ("deutschland", _2015): (6_157_280, 1_535_783),
    ("deutschland", _2016): (6_241_904, 1_593_982),
    ("thueringen", _2015): (166_146, 37_152),
    ("thueringen", _2016): (162_044, 37_895),
    ("jena", _2015): (7_690, 1_691),
    ("jena", _2016): (7_981, 1_866),
    ("eisenach", _2015): (3_842, 965),
    ("eisenach", _2016): (4_105, 1_040),
    ("wartburgkreis", _2015): (5_703, 1_149),
    ("wartburgkreis", _2016): (5_709, 1_273),
}
"""Persons in benefit communities, entitled children under 15."""

_GES = ("", "GESM", "GESW")
_BASIC_INCOME: dict[str, tuple[tuple[Value, ...], tuple[Value, ...], tuple[Value, ...]]] = {
    "deutschland": (
        (1_025_903, 500_063, 525_840),
        (846_759, 422_317, 424_442),
        (179_144, 77_746, 101_398),
    ),
    "thueringen": ((15_643, 8_948, 6_695), (14_851, 8_547, 6_304), (792, 401, 391)),
    "jena": ((751, 421, 330), (576, 340, 236), (175, 81, 94)),
    "eisenach": ((505, 273, 232), (502, ".", "."), (3, ".", ".")),
    "wartburgkreis": ((644, 390, 254), (633, 384, 249), (11, 6, 5)),
}
"""2016, by all, men, women: all; Germans; foreigners. The office hides four figures of Eisenach."""

_PLACES: dict[str, tuple[int, int]] = {
    "deutschland": (3_104_441, 3_142_497),
    "thueringen": (79_247, 86_192),
    "jena": (3_029, 3_672),
    "eisenach": (1_298, 1_511),
    "wartburgkreis": (5_683, 5_805),
}
"""On 1998-12-31 and 2002-12-31."""

_FORMS = ("LB-INS", "FAMILIEN", "PAAROK", "ALLEINST")
_LIVING: dict[str, tuple[Value, ...]] = {
    "jena": (64, 13, 15, 36),
    "eisenach": (23, "/", 7, 11),
    "wartburgkreis": (64, 15, 22, 26),
}
"""2019, in thousands: all, families with children, couples without, living alone."""


def tables(areas: Collection[str]) -> list[Table]:
    """The tables with the figures of these areas."""
    return [
        _table(name, code, note, [figure for figure in figures if figure.area in areas])
        for name, code, note, figures in (
            (
                "bevoelkerung.csv",
                "12411-01-01-4 und 12411-04-02-4",
                "Bevölkerungsstand nach Geschlecht, 31.12.2015 und 31.12.2024.",
                _population(),
            ),
            (
                "sgb2.csv",
                "22811-02-02-4",
                "31.12.2015 und 31.12.2016; je 100 der Bevölkerung selbst berechnet.",
                _sgb2(),
            ),
            (
                "grundsicherung.csv",
                "22151-01-02-4",
                "2016 nach Geschlecht und Staatsangehörigkeit.",
                _basic_income(),
            ),
            (
                "kita-plaetze.csv",
                "22541-01-01-4",
                "Verfügbare Plätze, 31.12.1998 und 31.12.2002.",
                _places(),
            ),
            (
                "lebensformen.csv",
                "12211-Z-11",
                "Mikrozensus 2019, Ergebnisse in Tausend.",
                _living(),
            ),
        )
    ]


def _table(name: str, code: str, note: str, figures: list[Figure]) -> Table:
    return Table(name=name, source=f"{_SOURCE} {code}", note=note, figures=figures)


def _population() -> list[Figure]:
    return [
        Figure("bevoelkerung", area, day, value, {"GES": sex})
        for (area, day), values in _POPULATION.items()
        for sex, value in zip(_GES, values, strict=True)
    ]


def _sgb2() -> list[Figure]:
    shares: dict[tuple[str, str], Value] = {
        place: per_hundred(_SGB2[place][0], population)
        for place, (population, _, _) in _POPULATION.items()
        if place in _SGB2
    }
    return [
        *series("sgb2-personen", {place: persons for place, (persons, _) in _SGB2.items()}),
        *series("sgb2-kinder", {place: children for place, (_, children) in _SGB2.items()}),
        *series("sgb2-personen-je-100", shares),
    ]


def _basic_income() -> list[Figure]:
    return [
        Figure("grundsicherung", area, "2016", value, {"GES": sex, "NAT": nationality})
        for area, values in _BASIC_INCOME.items()
        for nationality, by_sex in zip(("", "NATD", "NATA"), values, strict=True)
        for sex, value in zip(_GES, by_sex, strict=True)
    ]


def _places() -> list[Figure]:
    return [
        Figure("kita-plaetze", area, day, value)
        for area, values in _PLACES.items()
        for day, value in zip(("1998-12-31", "2002-12-31"), values, strict=True)
    ]


def _living() -> list[Figure]:
    return [
        Figure("lebensformen", area, "2019", value, {"LBFORM01": form})
        for area, values in _LIVING.items()
        for form, value in zip(_FORMS, values, strict=True)
    ]
