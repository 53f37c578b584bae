"""Figures as a workbook: a sheet of figures, and one of notes and sources."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from services.contracts.shared.base import Language
from services.indicators.deliveries.formats.headings import HEADINGS, keys_of
from services.indicators.dimensions.rules import attribute_name, dimension_name, total_name
from services.indicators.observations.representations.table import Table, apart

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WORDS: Mapping[str, Mapping[Language, str]] = {
    **HEADINGS,
    "figures": {"de": "Zahlen", "en": "Figures", "it": "Dati"},
    "notes": {"de": "Hinweise und Quellen", "en": "Notes and sources", "it": "Note e fonti"},
    "key": {"de": "Schlüssel", "en": "Key", "it": "Codice"},
    "territory": {"de": "Gebietsstand", "en": "Territory of", "it": "Territorio al"},
    "release": {"de": "Veröffentlichungsstand", "en": "Release", "it": "Versione"},
    "released": {"de": "Veröffentlicht am", "en": "Released on", "it": "Pubblicato il"},
    "publisher": {"de": "Herausgeber", "en": "Publisher", "it": "Fonte"},
    "table": {"de": "Tabelle", "en": "Table", "it": "Tabella"},
    "licence": {"de": "Lizenz", "en": "Licence", "it": "Licenza"},
    "sign": {"de": "Zeichen", "en": "Sign", "it": "Segno"},
    "meaning": {"de": "Bedeutung", "en": "Meaning", "it": "Significato"},
    "yes": {"de": "ja", "en": "yes", "it": "sì"},
}


def xlsx(table: Table) -> bytes:
    """The workbook. Texts are never formulas or links; a missing value is its sign.

    The same figures of the same release give the same bytes.
    """
    from xlsxwriter import Workbook

    def word(name: str) -> str:
        return _WORDS[name][table.lang]

    out = BytesIO()
    book = Workbook(out, {"constant_memory": True, "strings_to_urls": False})
    at = datetime.fromisoformat(table.released_at or "2000-01-01T00:00:00")
    book.set_properties({"created": at.replace(tzinfo=None)})
    bold = book.add_format({"bold": True})
    _figures(book.add_worksheet(word("figures")), table, word, bold, book)
    _notes(book.add_worksheet(word("notes")), table, word, bold)
    book.close()
    return out.getvalue()


def _figures(sheet: Any, table: Table, word: Any, bold: Any, book: Any) -> None:
    dimensions = list(table.dimensions)
    titles = list(_titles(table, word))
    for column, title in enumerate(titles):
        sheet.write_string(0, column, title, bold)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(titles) - 1, 18)
    numbers = {
        key: book.add_format({"num_format": "0" + ("." + "0" * places if places else "")})
        for key, places in (
            (key, int(brief.get("decimals") or 0)) for key, brief in table.indicators.items()
        )
    }
    broken = {
        one: [
            attribute_name(table.labels, code, given[code], table.lang)
            if code in given
            else total_name(table.labels, code, table.lang)
            for code in dimensions
        ]
        for one, given in table.attributes.items()
    }
    for n, indicator in enumerate(table.indicator):
        area, status, value = table.area[n], table.status[n], table.value[n]
        texts = [table.of_indicator(indicator, "name"), indicator, table.name(area), area]
        texts += [table.period[n], *broken[table.breakdown[n]], table.breakdown[n]]
        for column, text in enumerate(texts):
            sheet.write_string(n + 1, column, text)
        column = len(texts)
        if value is None:
            sheet.write_string(n + 1, column, table.marker(status))
        elif _is_exact(value):
            sheet.write_number(n + 1, column, float(value), numbers[indicator])
        else:
            sheet.write_string(n + 1, column, value)
        after = [table.of_indicator(indicator, "unit")]
        after.append("" if status == "normal" else table.text(table.statuses[status]["label"]))
        after.append("" if status == "normal" else status)
        after.append(table.reasons.get(str(n), ""))
        after.append(word("yes") if n in table.provisional else "")
        after += [word("yes") if n in table.gone else ""] if table.gone is not None else []
        for place, text in enumerate(after, start=column + 1):
            sheet.write_string(n + 1, place, text)


def _titles(table: Table, word: Any) -> Iterator[str]:
    for name in ("indicator", "area"):
        yield word(name)
        yield keys_of(name, table.lang)
    yield word("period")
    names = [dimension_name(table.labels, code, table.lang) for code in table.dimensions]
    taken = [texts[table.lang] for texts in HEADINGS.values()]
    for name in names:
        taken.append(apart(name, taken))
        yield taken[-1]
    yield keys_of("breakdown", table.lang)
    yield word("value")
    yield word("unit")
    yield word("status")
    yield keys_of("status", table.lang)
    yield word("reason")
    yield word("provisional")
    if table.gone is not None:
        yield word("gone")


def _is_exact(value: str) -> bool:
    """Does a spreadsheet keep every digit? It counts in binary numbers, written with 16 digits."""
    return Decimal(f"{float(value):.16G}") == Decimal(value)


def _notes(sheet: Any, table: Table, word: Any, bold: Any) -> None:
    rows: list[list[str]] = [
        [word("release"), str(table.release or "")],
        [word("released"), table.released_at or ""],
        *([[word("territory"), table.territory]] if table.territory else []),
        [],
        [word(name) for name in ("indicator", "key", "unit", "publisher", "table", "licence")],
    ]
    for key, brief in table.indicators.items():
        source = brief.get("source") or {}
        told = [source.get(name) or "" for name in ("publisher", "table", "licence")]
        rows.append([table.text(brief["name"]), key, table.text(brief["unit"]), *told])
    rows += [[], [word("sign"), word("meaning")]]
    for words in table.statuses.values():
        rows.append([words["marker"], table.text(words["label"])])
    sheet.set_column(0, 5, 24)
    for n, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.write_string(n, column, text, bold if n < 2 and not column else None)
