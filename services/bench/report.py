"""What was measured, as tables."""

from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table

from services.bench.load import Rate


def rates(console: Console, question: str, measured: Mapping[str, Rate]) -> None:
    """Requests per second, and the ratio to the first."""
    table = Table(title=question, title_justify="left")
    for heading in ("", "per second", "ratio", "bytes"):
        table.add_column(heading, justify="left" if heading == "" else "right")
    first = next(iter(measured.values())).per_second
    for name, rate in measured.items():
        ratio = f"{rate.per_second / first:.2f}"
        table.add_row(name, f"{rate.per_second:,.0f}", ratio, f"{rate.size:,}")
    console.print(table)


def memory(process: int, folder: Path) -> tuple[float, float] | None:
    """Resident and proportional megabytes of a process and of all that belong to its folder.

    Resident counts shared pages once for each process, proportional once altogether. None where
    the system does not tell (it has no /proc).
    """
    if not Path("/proc/self/smaps_rollup").exists():
        return None
    resident = proportional = 0
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            if int(entry.name) != process and not _belongs(entry, folder):
                continue
            for line in (entry / "smaps_rollup").read_text().splitlines():
                name, _, rest = line.partition(":")
                if name == "Rss":
                    resident += int(rest.split()[0])
                elif name == "Pss":
                    proportional += int(rest.split()[0])
        except OSError:
            continue
    return resident / 1024, proportional / 1024


def _belongs(entry: Path, folder: Path) -> bool:
    return str(folder) in str((entry / "cwd").readlink())
