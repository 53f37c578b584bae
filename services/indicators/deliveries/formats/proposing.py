"""What a file is, and how it would be read."""

from pathlib import Path

from services.indicators.deliveries.formats.outcome import ColumnSeen, Hints, Limits, Recognition
from services.indicators.deliveries.formats.recognising import found_in

_SAMPLE = 20


def recognition(path: Path, hints: Hints, limits: Limits) -> Recognition:
    """Recognise a file. Refused with FileRefused."""
    found = found_in(path, hints, limits)
    columns = [
        ColumnSeen(
            name=name,
            role="",
            confidence=1.0,
            because="",
            cells=[row[n] for row in found.rows[1:6] if n < len(row)],
        )
        for n, name in enumerate(found.header)
    ]
    return Recognition(
        format=found.format,
        container=found.table.container,
        encoding=found.table.encoding,
        delimiter=found.table.delimiter,
        decimal="",
        fingerprint=found.fingerprint,
        columns=columns,
        sample=found.rows[:_SAMPLE],
        proposal=None,
    )
