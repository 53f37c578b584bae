"""The rows of a delivered table, as figures take them."""

from collections.abc import Callable, Iterator

from services.indicators.deliveries.formats.figures import FULL, Figures
from services.kit.tabular.limits import FileRefused
from services.kit.tabular.tables import Table, fit, skip


def records(
    table: Table, headings: int, width: int, figures: Figures, forget: Callable[[], None]
) -> Iterator[tuple[int, list[str]]]:
    """Every row below the headings in its right width, and the line on which it begins.

    Empty rows are passed over, those that do not fit become issues. Between rows the figures are
    written out and `forget` may let go of what was learned. FileRefused: too many rows.
    """
    padded, buffer = table.container == "xlsx", figures.buffer
    rows = blank = 0
    with table.rows() as reader:
        line = start = skip(reader, headings)
        for record in reader:
            start, line = line + 1, reader.line_num
            if not record:
                blank += 1
                if blank > figures.limits.rows:
                    raise FileRefused("too_many_rows", f"More than {blank - 1} empty rows.")
                continue
            if len(record) != width:
                fitted = fit(record, width, padded=padded)
                if fitted is None:
                    rows += 1
                    detail = f"{len(record)} cells where the header has {width}"
                    figures.issue(start, None, "columns", detail)
                    continue
                record = fitted
                if not record:
                    continue
            rows += 1
            yield start, record
            if not rows & 1023 or len(buffer) >= FULL:
                figures.flush(rows)
                forget()
                if figures.are_enough:
                    return
        figures.last_line = start
    figures.flush(rows)
