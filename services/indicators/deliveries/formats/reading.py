"""From a file to figures and their summary."""

from pathlib import Path
from typing import BinaryIO

from services.indicators.deliveries.formats.ffcsv import read_ffcsv
from services.indicators.deliveries.formats.figures import Figures
from services.indicators.deliveries.formats.outcome import Format, Hints, Limits, Severity, Summary
from services.indicators.deliveries.formats.recognising import Found, found_in
from services.indicators.deliveries.formats.rows import read_rows
from services.indicators.deliveries.formats.tidy import tidy_layout

_WRITTEN_BY_MACHINES = frozenset({Format.ffcsv, Format.old_ffcsv, Format.sdmx_csv})


def read_file(path: Path, out: BinaryIO, hints: Hints, limits: Limits) -> Summary:
    """Write the figures of a file to `out` as COPY text, and summarise it."""
    found = found_in(path, hints, limits)
    figures = Figures(out, limits)
    decimal = _read(found, figures, hints)
    if found.format in _WRITTEN_BY_MACHINES and not found.table.ended:
        figures.issue(
            figures.rows + 1,
            None,
            "unfinished",
            "The last line has no end; the file may have been cut off.",
            Severity.warning,
        )
    return Summary(
        format=found.format,
        container=found.table.container,
        encoding=found.table.encoding,
        delimiter=found.table.delimiter,
        decimal=decimal,
        fingerprint=found.fingerprint,
        rows=figures.rows,
        figures=figures.figures,
        places=figures.places,
        parents=figures.parents,
        measures=figures.measures,
        periods=figures.periods,
        breakdowns=figures.breakdowns,
        dimensions=figures.dimensions,
        issues=figures.issues,
        errors=figures.errors,
        warnings=figures.warnings,
        counts=dict(figures.counts),
    )


def _read(found: Found, figures: Figures, hints: Hints) -> str:
    if found.format is Format.ffcsv:
        return read_ffcsv(found.table, found.header, figures)
    return read_rows(found.table, tidy_layout(found.header), figures, hints)
