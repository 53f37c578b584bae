"""OParl in files: a list or an object each, plain or compressed with gzip."""

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from services.contracts.boards.harvests import LISTS, ListName
from services.crawl.reading import NotRead, understood
from services.crawl.walking import Page, objects_of

_MOST_BYTES = 256 * 1024 * 1024


def pages(path: Path) -> Iterator[Page]:
    """The objects of a file, or of the files of a folder; organizations first, papers after them.

    The name of a file may tell its type (`meeting.json.gz`), which counts for objects that do not
    say theirs. Refuses (NotRead) what is no JSON or more than 256 MB unpacked.
    """
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    named = [(list_of(file), file) for file in files if file.name.endswith((".json", ".json.gz"))]
    for name, file in sorted(named, key=lambda pair: (LISTS.index(pair[0]), pair[1].name)):
        yield Page(name, _objects(file), None)


def list_of(file: Path) -> ListName:
    """The list whose name the file bears; organizations if none."""
    stem = file.name.lower().replace("_", "").replace("-", "")
    longest = sorted(LISTS, key=len, reverse=True)
    return next((name for name in longest if stem.startswith(name.lower())), LISTS[0])


def _objects(file: Path) -> list[Any]:
    if file.suffix != ".gz":
        content = file.read_bytes()
    else:
        try:
            with gzip.open(file) as packed:
                content = packed.read(_MOST_BYTES + 1)
        except (OSError, EOFError, zlib.error):
            raise NotRead(file.name, "is no file of gzip") from None
    if len(content) > _MOST_BYTES:
        raise NotRead(file.name, "holds more than 256 MB")
    return objects_of(understood(file.name, content))
