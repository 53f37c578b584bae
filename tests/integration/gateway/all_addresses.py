"""Every address from which everybody may read, in every form, with the keys that there are."""

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any, NamedTuple
from urllib.parse import urlencode

import httpx
from pypdf import PdfReader

from services.commands.openapi import committed
from services.contracts.projects.references import ReferenceResource
from services.contracts.shared.access import Role
from services.contracts.shared.threads import NodeType
from tests.support.permissions import rows

HERE = "/v1/{municipality}/"
PATHS = committed()["platform"]["paths"]
PUBLIC = [
    row["path"]
    for row in rows()
    if row["method"] == "GET" and row[Role.public] == "yes" and row["path"].startswith(HERE)
] + [path for path in PATHS if path.startswith("/oparl/v1.1/{municipality}/")]
FEW = 2
NUMBERED = ("/versions", "/editions")
WHOLE = ("limit", "page_size", "most")
BELOW = ("agenda-items", "versions", "editions", "reports")
OPARL = {"organizations": "organisations", "locations": "meetings"}
TYPES = {"expenditure": "expenditures", "strategy": "strategies"}
_ITS_OWN = re.compile(
    r'"(?:after|next|cursor|instance|debug|assessed_at|closed_items)":(?:"[^"]*"|\d+)'
    r'|"hidden":{[^}]*}'
)


def _parameters(path: str) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in PATHS[path]["get"]["parameters"] if one["in"] != "header"}


def _choices(parameter: dict[str, Any]) -> list[str]:
    schema = parameter["schema"]
    kinds = [schema, *schema.get("anyOf", ())]
    return [value for kind in kinds for value in kind.get("enum", ())]


class Address(NamedTuple):
    """What is asked for, where it is described, and whether it is the plain one of its forms."""

    text: str
    path: str
    plain: bool


@dataclass
class Keys:
    """The keys of each collection, the identifiers of its things, and words to search for."""

    of: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    ids: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    words: list[str] = field(default_factory=list)
    always: tuple[str, ...] = ()
    """Of each collection a few are enough, and all with one of these in their key."""

    async def look(self, client: httpx.AsyncClient, town: str, office: dict[str, str]) -> None:
        """Read every collection as the administration does."""
        whole = [path for path in PATHS if path.startswith(HERE) and "{" not in path[len(HERE) :]]
        for path in whole:
            if "limit" in _parameters(path) if "get" in PATHS[path] else False:
                await self._list(client, path.removeprefix(HERE), town, office)
        for above, below in product(list(self.of), BELOW):
            if f"{HERE}{above}/{{key}}/{below}" in PATHS:
                for key in self.of[above]:
                    await self._list(client, f"{above}/{key}/{below}", town, office)
                    self.of[below] += self.of[f"{above}/{key}/{below}"]
                    self.ids[below] += self.ids[f"{above}/{key}/{below}"]

    async def _list(
        self, client: httpx.AsyncClient, name: str, town: str, office: dict[str, str]
    ) -> None:
        answer = await client.get(f"/v1/{town}/{name}?limit=1000", headers=office)
        items = answer.json().get("items", []) if answer.status_code == 200 else []
        for one in items:
            # Minutes have the key of their meeting.
            key = one.get("key", one.get("number", one.get("meeting")))
            if key is not None and (len(self.of[name]) < FEW or self._always(key)):
                self.of[name].append(str(one["number"] if name.endswith(NUMBERED) else key))
                self.ids[name].append(str(one.get("id")))
                if name.endswith("/editions"):
                    self.of["report-editions"].append(key)

    def _always(self, key: object) -> bool:
        return any(one in str(key) for one in self.always)

    def addresses(self) -> Iterator[Address]:
        """Each public path with everything that can stand in it and be asked of it."""
        for path in PUBLIC:
            for filled in self._filled(path):
                for plain, query in self._queries(path):
                    yield Address(f"{filled}?{urlencode(query)}" if query else filled, path, plain)

    def _filled(self, path: str) -> Iterable[str]:
        begun = [""]
        for part in path.split("/")[1:]:
            grown = []
            for start in begun:
                for value in self._values(path, start, part):
                    grown.append(f"{start}/{value}")
            begun = grown
        return begun

    def _values(self, path: str, start: str, part: str) -> list[str]:
        if not part.startswith("{") or part == "{municipality}":
            return [part]
        above = start.rpartition("/")[2]
        if part == "{id}":
            return self.ids[OPARL.get(above, above)]
        if part in ("{kind}",):
            return _choices(_parameters(path)["kind"])
        if part == "{indicator}":
            return self.of["indicators"]
        return self.of[start.removeprefix("/v1/{municipality}/")]

    def _queries(self, path: str) -> Iterator[tuple[bool, dict[str, str]]]:
        known = _parameters(path)
        most = {n: known[n]["schema"].get("maximum", 100) for n in WHOLE if n in known}
        fixed = {name: str(value) for name, value in most.items()}
        forms = _choices(known["format"]) if "format" in known else [""]
        for asked in self._asked(path, known):
            for form in forms:
                said = {"format": form} if form else {}
                yield form == forms[0], {**fixed, **asked, **said}

    def _asked(self, path: str, known: dict[str, Any]) -> Iterable[dict[str, str]]:
        """What an address must be asked, or is asked for by everybody."""
        name = path.removeprefix(HERE)
        if name == "thread":
            return [{"of": of} for of in self._nodes()]
        if name in ("search", "suggestions"):
            return [{"q": word} for word in self.words]
        if name == "references":
            return [
                {"resource": one, "keys": ",".join(self.of[one][:100])}
                for one in ReferenceResource
                if self.of[one]
            ]
        if name == "observations":
            return [{"indicator": ",".join(self.of["indicators"])}]
        if name == "coverage":
            pairs = product(self.of["facility-kinds"], self.of["area-levels"])
            return [{"kind": kind, "level": level} for kind, level in pairs]
        if name == "charts/{kind}":
            pairs = product(self.of["indicators"], self.of["areas"][:2])
            return [{"indicator": one, "area": area} for one, area in pairs]
        if "before" in known and known["before"]["required"]:
            return [{"before": one} for one in self.of["catalogue/versions"]]
        return [{}]

    def _nodes(self) -> Iterator[str]:
        for kind in NodeType:
            for key in self.of[TYPES.get(kind, f"{kind}s")]:
                yield f"{kind}:{key}"
        for indicator, area in product(self.of["indicators"], self.of["areas"]):
            yield f"observation:{indicator}/{area}"
        for report in self.of["coordinated-reports"]:
            yield f"chapter:{report}/1/1"


def words_of(answer: httpx.Response) -> str:
    """All that can be read in an answer: its text, the cells of a workbook, the pages of a PDF."""
    kind = answer.headers.get("content-type", "")
    if "pdf" in kind:
        reader = PdfReader(io.BytesIO(answer.content))
        told = "\n".join(page.extract_text() for page in reader.pages) + str(reader.metadata)
        # The end of a line breaks words; a hyphen of their own looks the same to this reader.
        return told.replace("\u00ad\n", "").replace("\u00ad", "-")
    if "spreadsheetml" in kind:
        with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
            return "\n".join(book.read(name).decode() for name in book.namelist())
    return answer.text


def same(text: str) -> str:
    """An answer without what is its own each time, how far journals were read (hidden entries have
    a place there, too), and how much of a thread or an agenda is hidden: told by number alone."""
    return _ITS_OWN.sub("", text)
