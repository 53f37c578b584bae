"""Colours of classes: ColorBrewer 2.0.

The colours are those of ColorBrewer 2.0 by Cynthia A. Brewer, The Pennsylvania State University
(https://colorbrewer2.org), published under the Apache License, Version 2.0.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from services.contracts.indicators.maps import PaletteKind, PaletteName

SOURCE = "ColorBrewer 2.0, Cynthia A. Brewer, Apache License 2.0"


@dataclass(frozen=True)
class Palette:
    """A family of colours; `safe` numbers of classes can be told apart by colour-blind readers."""

    kind: PaletteKind
    tables: Mapping[int, str]
    safe: range

    @property
    def most(self) -> int:
        """The largest number of classes."""
        return max(self.tables)

    def colours(self, classes: int, *, reverse: bool = False) -> list[str]:
        """So many colours from low to high; two are the outer ones of three, one its middle."""
        table = self.tables[max(3, classes)]
        found = [f"#{table[at : at + 6]}" for at in range(0, len(table), 6)]
        found = {1: found[1:2], 2: found[::2]}.get(classes, found)
        return found[::-1] if reverse else found

    def shared(self, classes: int, *, reverse: bool = False) -> list[str]:
        """A colour for each class; neighbours share one where there are more than colours."""
        found = self.colours(min(classes, self.most), reverse=reverse)
        return [found[n * len(found) // classes] for n in range(classes)]


def _family(kind: PaletteKind, safe: range, *tables: str) -> Palette:
    return Palette(kind, {len(table) // 6: table for table in tables}, safe)


def _grown(safe: range, most: str) -> Palette:
    """Qualitative colours: a smaller number are the first ones of a larger."""
    tables = {number: most[: 6 * number] for number in range(3, len(most) // 6 + 1)}
    return Palette(PaletteKind.qualitative, tables, safe)


_ALWAYS, _NEVER = range(1, 10), range(0)
PALETTES: Mapping[str, Palette] = {
    "Blues": _family(
        PaletteKind.sequential,
        _ALWAYS,
        "deebf79ecae13182bd",
        "eff3ffbdd7e76baed62171b5",
        "eff3ffbdd7e76baed63182bd08519c",
        "eff3ffc6dbef9ecae16baed63182bd08519c",
        "eff3ffc6dbef9ecae16baed64292c62171b5084594",
        "f7fbffdeebf7c6dbef9ecae16baed64292c62171b5084594",
        "f7fbffdeebf7c6dbef9ecae16baed64292c62171b508519c08306b",
    ),
    "Greens": _family(
        PaletteKind.sequential,
        _ALWAYS,
        "e5f5e0a1d99b31a354",
        "edf8e9bae4b374c476238b45",
        "edf8e9bae4b374c47631a354006d2c",
        "edf8e9c7e9c0a1d99b74c47631a354006d2c",
        "edf8e9c7e9c0a1d99b74c47641ab5d238b45005a32",
        "f7fcf5e5f5e0c7e9c0a1d99b74c47641ab5d238b45005a32",
        "f7fcf5e5f5e0c7e9c0a1d99b74c47641ab5d238b45006d2c00441b",
    ),
    "Greys": _family(
        PaletteKind.sequential,
        _ALWAYS,
        "f0f0f0bdbdbd636363",
        "f7f7f7cccccc969696525252",
        "f7f7f7cccccc969696636363252525",
        "f7f7f7d9d9d9bdbdbd969696636363252525",
        "f7f7f7d9d9d9bdbdbd969696737373525252252525",
        "fffffff0f0f0d9d9d9bdbdbd969696737373525252252525",
        "fffffff0f0f0d9d9d9bdbdbd969696737373525252252525000000",
    ),
    "Purples": _family(
        PaletteKind.sequential,
        _ALWAYS,
        "efedf5bcbddc756bb1",
        "f2f0f7cbc9e29e9ac86a51a3",
        "f2f0f7cbc9e29e9ac8756bb154278f",
        "f2f0f7dadaebbcbddc9e9ac8756bb154278f",
        "f2f0f7dadaebbcbddc9e9ac8807dba6a51a34a1486",
        "fcfbfdefedf5dadaebbcbddc9e9ac8807dba6a51a34a1486",
        "fcfbfdefedf5dadaebbcbddc9e9ac8807dba6a51a354278f3f007d",
    ),
    "YlGnBu": _family(
        PaletteKind.sequential,
        _ALWAYS,
        "edf8b17fcdbb2c7fb8",
        "ffffcca1dab441b6c4225ea8",
        "ffffcca1dab441b6c42c7fb8253494",
        "ffffccc7e9b47fcdbb41b6c42c7fb8253494",
        "ffffccc7e9b47fcdbb41b6c41d91c0225ea80c2c84",
        "ffffd9edf8b1c7e9b47fcdbb41b6c41d91c0225ea80c2c84",
        "ffffd9edf8b1c7e9b47fcdbb41b6c41d91c0225ea8253494081d58",
    ),
    "YlOrRd": _family(
        PaletteKind.sequential,
        _ALWAYS,
        "ffeda0feb24cf03b20",
        "ffffb2fecc5cfd8d3ce31a1c",
        "ffffb2fecc5cfd8d3cf03b20bd0026",
        "ffffb2fed976feb24cfd8d3cf03b20bd0026",
        "ffffb2fed976feb24cfd8d3cfc4e2ae31a1cb10026",
        "ffffccffeda0fed976feb24cfd8d3cfc4e2ae31a1cb10026",
        "ffffccffeda0fed976feb24cfd8d3cfc4e2ae31a1cbd0026800026",
    ),
    "BrBG": _family(
        PaletteKind.diverging,
        _ALWAYS,
        "d8b365f5f5f55ab4ac",
        "a6611adfc27d80cdc1018571",
        "a6611adfc27df5f5f580cdc1018571",
        "8c510ad8b365f6e8c3c7eae55ab4ac01665e",
        "8c510ad8b365f6e8c3f5f5f5c7eae55ab4ac01665e",
        "8c510abf812ddfc27df6e8c3c7eae580cdc135978f01665e",
        "8c510abf812ddfc27df6e8c3f5f5f5c7eae580cdc135978f01665e",
    ),
    "PuOr": _family(
        PaletteKind.diverging,
        _ALWAYS,
        "f1a340f7f7f7998ec3",
        "e66101fdb863b2abd25e3c99",
        "e66101fdb863f7f7f7b2abd25e3c99",
        "b35806f1a340fee0b6d8daeb998ec3542788",
        "b35806f1a340fee0b6f7f7f7d8daeb998ec3542788",
        "b35806e08214fdb863fee0b6d8daebb2abd28073ac542788",
        "b35806e08214fdb863fee0b6f7f7f7d8daebb2abd28073ac542788",
    ),
    "RdBu": _family(
        PaletteKind.diverging,
        _ALWAYS,
        "ef8a62f7f7f767a9cf",
        "ca0020f4a58292c5de0571b0",
        "ca0020f4a582f7f7f792c5de0571b0",
        "b2182bef8a62fddbc7d1e5f067a9cf2166ac",
        "b2182bef8a62fddbc7f7f7f7d1e5f067a9cf2166ac",
        "b2182bd6604df4a582fddbc7d1e5f092c5de4393c32166ac",
        "b2182bd6604df4a582fddbc7f7f7f7d1e5f092c5de4393c32166ac",
    ),
    "RdYlGn": _family(
        PaletteKind.diverging,
        _NEVER,
        "fc8d59ffffbf91cf60",
        "d7191cfdae61a6d96a1a9641",
        "d7191cfdae61ffffbfa6d96a1a9641",
        "d73027fc8d59fee08bd9ef8b91cf601a9850",
        "d73027fc8d59fee08bffffbfd9ef8b91cf601a9850",
        "d73027f46d43fdae61fee08bd9ef8ba6d96a66bd631a9850",
        "d73027f46d43fdae61fee08bffffbfd9ef8ba6d96a66bd631a9850",
    ),
    "Dark2": _grown(range(1, 4), "1b9e77d95f027570b3e7298a66a61ee6ab02a6761d666666"),
    "Paired": _grown(range(1, 5), "a6cee31f78b4b2df8a33a02cfb9a99e31a1cfdbf6fff7f00cab2d6"),
    "Set2": _grown(range(1, 4), "66c2a5fc8d628da0cbe78ac3a6d854ffd92fe5c494b3b3b3"),
}
NAMES: Sequence[str] = get_args(PaletteName)
