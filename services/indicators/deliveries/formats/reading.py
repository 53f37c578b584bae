"""From a file to figures and their summary."""

from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, Literal

from services.contracts.indicators.mappings import ColumnRole, FileLayout, ProtectionMethod
from services.indicators.deliveries.formats.ffcsv import read_ffcsv
from services.indicators.deliveries.formats.figures import Figures
from services.indicators.deliveries.formats.genesis import read_genesis
from services.indicators.deliveries.formats.headings import our_layout
from services.indicators.deliveries.formats.mapped import mapped_layout
from services.indicators.deliveries.formats.old_ffcsv import read_old_ffcsv
from services.indicators.deliveries.formats.outcome import (
    ACCEPTED,
    FileRefused,
    Format,
    Hints,
    Limits,
    Severity,
    Summary,
    ValueColumn,
)
from services.indicators.deliveries.formats.recognising import Found, found_in
from services.indicators.deliveries.formats.rows import read_rows
from services.indicators.deliveries.formats.sdmx import read_sdmx
from services.indicators.deliveries.formats.sdmx_head import sdmx_head
from services.indicators.deliveries.formats.tidy import tidy_layout


def read_file(path: Path, out: BinaryIO, hints: Hints, limits: Limits) -> Summary:
    """Write the figures of a file to `out` as COPY text, and summarise it."""
    found = found_in(path, limits)
    if hints.mapping is not None and hints.mapping.fingerprint != found.fingerprint:
        raise FileRefused("mapping", "The mapping is one for files of another structure.")
    fitting = (key for key, known in hints.known.items() if known.fingerprint == found.fingerprint)
    key = None if hints.mapping is not None else next(fitting, None)
    if key is not None:
        hints = replace(hints, mapping=hints.known[key])
    figures = Figures(out, limits, hints.most)
    said = _read(found, figures, hints)
    if not found.table.ended and found.format is not Format.genesis:
        detail = "The last line has no end; its last cell may have been cut off."
        last = found.header[-1] if found.header else None
        figures.issue(figures.last_line, last, "unfinished", detail, Severity.warning)
    return Summary(
        format=found.format,
        container=found.table.container,
        encoding=found.table.encoding,
        delimiter=found.table.delimiter,
        fingerprint=found.fingerprint,
        mapping=key,
        rows=figures.rows,
        figures=figures.figures,
        places=figures.places,
        parents=figures.parents,
        measures=figures.measures,
        periods=figures.periods,
        breakdowns=figures.breakdowns,
        dimensions=figures.dimensions,
        value_columns=[ValueColumn(*key, name) for key, name in figures.columns.items()],
        issues=figures.issues,
        errors=figures.errors,
        warnings=figures.warnings,
        counts=dict(figures.counts),
        **{**_protection(hints.mapping), **said},
    )


def _read(found: Found, figures: Figures, hints: Hints) -> dict[str, Any]:
    """Read the figures; what the format says besides them, as fields of the summary."""
    table, header = found.table, found.header
    if found.format is Format.ffcsv:
        return {"decimal": read_ffcsv(table, header, figures), "value_column": "value"}
    if found.format is Format.old_ffcsv:
        return {"decimal": read_old_ffcsv(table, header, figures)}
    if found.format is Format.genesis:
        return _genesis(found, figures, hints)
    if found.format is Format.sdmx_csv:
        return _sdmx(found, figures, hints)
    mapping = hints.mapping or found.proposal
    if mapping is found.proposal and not _holds_figures(found):
        raise FileRefused("unknown_format", f"None of the columns holds figures; {ACCEPTED}.")
    if mapping is None:
        layout = our_layout(header) or tidy_layout(header)
    else:
        layout = mapped_layout(header, mapping, hints, found.headings)
    decimal = read_rows(table, layout, figures, hints)
    alone = layout.values[0].name if len(layout.values) == 1 else None
    return {"decimal": decimal, "area_column": layout.area.name, "value_column": alone}


def _holds_figures(found: Found) -> bool:
    return not found.columns or any(c.role is ColumnRole.value for c in found.columns)


def _genesis(found: Found, figures: Figures, hints: Hints) -> dict[str, Any]:
    assert found.head is not None
    decimal, foot = read_genesis(found.table, found.head, figures, hints.mapping)
    said = {"decimal": decimal, "title": found.head.title, "table": found.head.table}
    stated = {"protection_method": foot.method, "protection_base": foot.base}
    known = hints.mapping and hints.mapping.protection_method is not ProtectionMethod.none
    about = {"as_of": foot.as_of, "licence": foot.licence, "protection_note": foot.note}
    return {**said, **about, **({} if known else stated)}


def _sdmx(found: Found, figures: Figures, hints: Hints) -> dict[str, Any]:
    head = sdmx_head(found.header, hints.mapping)
    decimal, deletions, replaced = read_sdmx(found.table, head, figures, hints)
    action: Literal["merge", "replace", "delete"] = "merge"
    if replaced:
        action = "replace"
    elif deletions or figures.counts["deleted"]:
        action = "delete"
    return {
        "decimal": decimal,
        "area_column": head.area_id,
        "value_column": found.header[head.value],
        "deletions": deletions,
        "replaced": sorted(replaced),
        "action": action,
        "all_or_nothing": True,
    }


def _protection(mapping: FileLayout | None) -> dict[str, Any]:
    if mapping is None:
        return {}
    return {
        "protection_method": mapping.protection_method,
        "protection_base": mapping.protection_base,
    }
