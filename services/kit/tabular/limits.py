"""How large a file may be, and how a file is refused."""

from dataclasses import dataclass


class FileRefused(ValueError):
    """The file cannot be read at all; `code` is stable, the message is for people."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be, and what reading it may cost.

    Bytes as sent and unpacked, packing ratio, bytes of a line, rows, columns; of the child process:
    bytes of memory, seconds of computing, seconds on the clock. `accepted` says, in refusals, what
    would be taken.
    """

    accepted: str = "accepted are tables as text (CSV) or workbook (XLSX), plain or zipped"
    size: int = 64 * 1024 * 1024
    unpacked: int = 256 * 1024 * 1024
    ratio: int = 200
    line: int = 1024 * 1024
    rows: int = 5_000_000
    columns: int = 1_000
    memory: int = 1024 * 1024 * 1024
    cpu_seconds: int = 120
    seconds: int = 600
