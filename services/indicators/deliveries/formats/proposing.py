"""What a file is, and how it would be read."""

from collections.abc import Iterable
from pathlib import Path

from services.contracts.indicators.mapping_proposals import ColumnSeen
from services.contracts.indicators.mappings import ColumnRole, FileLayout, MappedColumn
from services.indicators.deliveries.formats.genesis_head import Head
from services.indicators.deliveries.formats.outcome import Limits, Recognition
from services.indicators.deliveries.formats.recognising import Found, found_in
from services.indicators.deliveries.formats.slugs import is_total, slug

_SHOWN = 20
_CELLS = 5


def recognition(path: Path, limits: Limits) -> Recognition:
    """Recognise a file. Refused with FileRefused."""
    found = found_in(path, limits)
    proposal = found.proposal
    if found.head is not None:
        proposal = _of_cross_table(found, found.head)
    return Recognition(
        format=found.format,
        container=found.table.container,
        encoding=found.table.encoding,
        delimiter=found.table.delimiter,
        fingerprint=found.fingerprint,
        columns=list(found.columns) or _as_they_are(found),
        sample=[[cell[:300] for cell in row] for row in found.rows[:_SHOWN]],
        proposal=proposal,
    )


def _as_they_are(found: Found) -> list[ColumnSeen]:
    rows = found.rows[found.headings : found.headings + _CELLS]
    return [
        ColumnSeen(
            name=name,
            role=None,
            confidence=1,
            because="the format says what it is",
            cells=[row[at][:300] for row in rows if at < len(row)],
        )
        for at, name in enumerate(found.header)
    ]


def _of_cross_table(found: Found, head: Head) -> FileLayout:
    """Measures with the codes they would get, dimensions with the labels seen so far."""
    seen: dict[str, dict[str, str]] = {}
    for n, at in enumerate(head.dims, start=1):
        cells = (row[at] for row in found.rows[head.skip :] if at < len(row))
        seen[f"D{n}"] = _codes(cells)
    for n in range(head.levels):
        labels = (column.labels[n] for column in head.columns)
        seen[f"D{len(head.dims) + n + 1}"] = _codes(labels)
    dimensions = [
        MappedColumn(name=name, role=ColumnRole.dimension, code=name, codes=codes)
        for name, codes in seen.items()
    ]
    measures = {
        column.measure: MappedColumn(
            name=column.measure,
            role=ColumnRole.value,
            measure=f"{head.statistic}:{slug(column.measure)}",
            unit=column.unit or None,
        )
        for column in head.columns
    }
    return FileLayout(fingerprint=found.fingerprint, columns=[*dimensions, *measures.values()])


def _codes(labels: Iterable[str]) -> dict[str, str]:
    plain = (label.strip() for label in labels)
    return {label: "" if is_total(label) else slug(label) for label in plain if label}
