"""Workbooks for the tests: as Excel writes them, and as nobody should."""

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.utils.datetime import CALENDAR_MAC_1904

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.'
    'openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/{kind}" Target="{target}"/>{more}</Relationships>'
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_BOOK = (
    f'<?xml version="1.0"?><workbook xmlns="{_MAIN}" xmlns:r="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships"><sheets><sheet name="Tabelle1" sheetId="1" r:id="rId1"/>'
    "</sheets></workbook>"
)
_STRINGS = (
    '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/sharedStrings" Target="sharedStrings.xml"/>'
)


def workbook(*sheets: Iterable[Sequence[Any]], since_1904: bool = False) -> bytes:
    """A workbook with these sheets."""
    book = openpyxl.Workbook()
    if since_1904:
        book.epoch = CALENDAR_MAC_1904
    assert book.active is not None
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(list(row))
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def crafted(
    rows: str, strings: str | None = None, parts: Mapping[str, bytes | str] | None = None
) -> bytes:
    """A workbook whose only sheet has these rows, as XML."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        main = _RELS.format(kind="officeDocument", target="xl/workbook.xml", more="")
        archive.writestr("_rels/.rels", main)
        archive.writestr("xl/workbook.xml", _BOOK)
        more = _STRINGS if strings is not None else ""
        sheets = _RELS.format(kind="worksheet", target="worksheets/sheet1.xml", more=more)
        archive.writestr("xl/_rels/workbook.xml.rels", sheets)
        sheet = f'<?xml version="1.0"?><worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData>'
        archive.writestr("xl/worksheets/sheet1.xml", f"{sheet}</worksheet>")
        if strings is not None:
            archive.writestr("xl/sharedStrings.xml", strings)
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return target.getvalue()


def inline(*cells: str, row: int, at: str = "ABCDEFGHIJ") -> str:
    """A row of texts, as XML."""
    made = "".join(
        f'<c r="{column}{row}" t="inlineStr"><is><t>{cell}</t></is></c>'
        for column, cell in zip(at, cells, strict=False)
    )
    return f'<row r="{row}">{made}</row>'


TIDY_ROWS = inline("area", "period", "value", row=1) + inline("jena", "2024", "7", row=2)
