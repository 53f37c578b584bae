"""What a table of matches says: pure functions over its bytes."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from services.contracts.indicators.territory import Move, WeightKind
from services.contracts.shared.problems import Fault
from services.kit.problems import Invalid

MOST_ROWS = 20_000
_MOST_FAULTS = 100
_NAMES = {"from": "from", "from_area": "from", "to": "to", "to_area": "to"}
Row = tuple[str, str, dict[str, Decimal], dict[str, Decimal]]
"""From, to, shares and shares back."""


class Matches(NamedTuple):
    """The moves in the order of the file, and the codes that name no area."""

    moves: list[Move]
    ignored: list[str]


def of_json(data: bytes, before: Mapping[str, str], after: Mapping[str, str]) -> Matches:
    """Read `{"old": ["new", ...]}`; rows the other way round, new to old, are found out.

    `before` and `after` give the area of each code, on the day before and on the day. A row of
    which no code is known is ignored; one that is known in part only is refused.
    """
    moves: dict[tuple[str, str], Move] = {}
    ignored, faults = [], []
    for code, others in _object(data).items():
        if code in before and all(other in after for other in others):
            pairs = [(before[code], after[other]) for other in others]
        elif code in after and all(other in before for other in others):
            pairs = [(before[other], after[code]) for other in others]
        elif any(one in before or one in after for one in (code, *others)):
            pointer = f"/{code.replace('~', '~0').replace('/', '~1')[:80]}"
            detail = "Only some of these codes are known, or not on these days."
            faults.append(Fault(pointer=pointer, code="unknown", detail=detail))
            continue
        else:
            ignored.append(code)
            continue
        for here, there in pairs:
            moves[here, there] = Move(from_area=here, to_area=there)
    _refuse(faults)
    return Matches(list(moves.values()), ignored)


def of_csv(data: bytes, before: Mapping[str, str], after: Mapping[str, str]) -> Matches:
    """Read a table with the columns `from`, `to` and, as shares, kinds such as `population`.

    `back_population` is the share on the way back. UTF-8, comma or semicolon; decimal point or,
    where columns are separated by semicolons, comma. Refuses what it cannot read with the line.
    """
    moves, ignored, faults = [], [], []
    for line, row in _rows(data):
        here, there, shares, back = row
        if here not in before and there not in after:
            ignored.append(here)
        elif here not in before or there not in after:
            known = after if here in before else before
            lost = there if known is after else here
            detail = f"Line {line}: {lost[:40]!r} is no area of that day."
            faults.append(Fault(pointer=f"/lines/{line}", code="unknown", detail=detail))
        else:
            moves.append(
                Move(
                    from_area=before[here],
                    to_area=after[there],
                    shares={WeightKind(kind): share for kind, share in shares.items()},
                    back={WeightKind(kind): share for kind, share in back.items()},
                )
            )
    _refuse(faults)
    return Matches(moves, ignored)


def _object(data: bytes) -> dict[str, list[str]]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        raise Invalid("The file is not JSON.", pointer="", code="json") from None
    if isinstance(found, dict) and len(found) <= MOST_ROWS:
        rows = {k: [v] if isinstance(v, str) else v for k, v in found.items()}
        if all(_codes(others) for others in rows.values()):
            return rows
    detail = f'A table of matches is {{"old": ["new", ...]}}, of at most {MOST_ROWS} rows.'
    raise Invalid(detail, pointer="", code="shape")


def _codes(others: Any) -> bool:
    listed = isinstance(others, list) and 0 < len(others) <= 1000
    return listed and all(isinstance(other, str) for other in others)


def _rows(data: bytes) -> list[tuple[int, Row]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _at(data[: error.start].count(b"\n") + 1, "The file is not UTF-8.") from None
    if "\0" in text:
        raise _at(text[: text.index("\0")].count("\n") + 1, "The file holds a NUL.")
    semicolon = ";" in text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if semicolon else ",")
    try:
        names = [_name(cell) for cell in next(reader, [])]
        if names.count("from") != 1 or names.count("to") != 1 or len(set(names)) < len(names):
            raise _at(1, "The header names `from`, `to` and kinds of shares, each once.")
        found = []
        for cells in reader:
            if cells:
                found.append((reader.line_num, _row(reader.line_num, names, cells, semicolon)))
            if len(found) > MOST_ROWS:
                raise _at(reader.line_num, f"More than {MOST_ROWS} rows.")
    except csv.Error as error:
        raise _at(reader.line_num, f"{error}.".capitalize()) from None
    return found


def _name(cell: str) -> str:
    name = cell.strip().lower()
    if name in _NAMES:
        return _NAMES[name]
    if name.removeprefix("back_") in set(WeightKind):
        return name
    raise _at(1, f"There is no column {cell[:40]!r}; kinds are {', '.join(WeightKind)}.")


def _row(line: int, names: Sequence[str], cells: Sequence[str], semicolon: bool) -> Row:
    if len(cells) != len(names):
        raise _at(line, f"{len(cells)} columns, the header has {len(names)}.")
    named = {name: cell.strip() for name, cell in zip(names, cells, strict=True)}
    here, there = named.pop("from"), named.pop("to")
    shares: dict[str, Decimal] = {}
    back: dict[str, Decimal] = {}
    for name, cell in named.items():
        if not cell:
            continue
        into = back if name.startswith("back_") else shares
        into[name.removeprefix("back_")] = _share(line, cell, semicolon)
    return here, there, shares, back


def _share(line: int, cell: str, semicolon: bool) -> Decimal:
    try:
        share = Decimal((cell.replace(",", ".") if semicolon else cell)[:40])
        exponent = share.as_tuple().exponent
        if 0 <= share <= 1 and isinstance(exponent, int) and exponent >= -12:
            return share
    except InvalidOperation:
        pass
    raise _at(line, f"{cell[:40]!r} is not a share from 0 to 1 with at most twelve decimals.")


def _at(line: int, detail: str) -> Invalid:
    return Invalid(f"Line {line}: {detail}", pointer=f"/lines/{line}", code="csv")


def _refuse(faults: Sequence[Fault]) -> None:
    if faults:
        detail = f"{len(faults)} rows cannot be matched; nothing was stored."
        raise Invalid(detail, faults=faults[:_MOST_FAULTS])
