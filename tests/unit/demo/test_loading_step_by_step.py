"""What the loader does when the API has something to say, against an API of a few lines."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

import httpx
import pytest

from services.demo import loader
from services.demo.api import DemoRefused
from services.demo.jena import TOWN as JENA
from services.demo.towns import Town
from services.demo.wartburgkreis import TOWN

BASE = f"/v1/{TOWN.key}/"
STAGES = {
    "editions": ("in_review", 2),
    "approval": ("approved", 3),
    "publication": ("published", 4),
}
"""What a coordinated report is after a step, and its revision."""


@dataclass
class SmallApi:
    """Keeps what it is sent; deliveries go the way from checked to released."""

    kept: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    checked: str = "checked"
    written: list[str] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if request.method == "GET":
            items = self.kept.get(path, [])
            if "/areas/" in path:
                return httpx.Response(200, json=items)
            return httpx.Response(200, json={"items": items, "next": None})
        self.written.append(path)
        if path in self.taken:
            return httpx.Response(409, json={"detail": "taken"})
        return httpx.Response(201, json=self._write(path, request.content))

    def _write(self, path: str, content: bytes) -> dict[str, Any]:
        town = "/".join(path.split("/")[:3])
        deliveries = self.kept.setdefault(f"{town}/deliveries", [])
        if path == f"{town}/deliveries":
            number = f"delivery-{len(deliveries) + 1}"
            made = {
                "key": number,
                "state": self.checked,
                "sha256": sha256(content).hexdigest(),
                "created_at": number,
                "issues": [{"detail": "line 3 is wrong"}],
            }
        elif "/coordinated-reports/" in path:
            (report,) = self.kept[f"{town}/coordinated-reports"]
            report["stage"], report["revision"] = STAGES[path.rsplit("/", 1)[1]]
            return report
        elif path.endswith("/approval"):
            (made,) = [d for d in deliveries if path.endswith(f"{d['key']}/approval")]
            made["state"] = "approved"
            return made
        elif path.endswith("/adoption"):
            made = {"key": "max-rate", "programme": path.split("/")[-2]}
            self.kept.setdefault(f"{town}/funding-rules", []).append(made)
            return made
        else:
            made = json.loads(content)
        if path.endswith("/coordinated-reports"):
            made |= {"stage": "draft", "revision": 1}
        if path.endswith("/releases"):
            made["number"] = len(self.kept.get(path, ())) + 1
            made["created_at"] = "2026-01-15T09:30:00Z"
            for delivery in deliveries:
                if delivery["key"] in made["deliveries"]:
                    delivery["state"] = "released"
        self.kept.setdefault(path, []).append(made)
        return made

    def states(self) -> list[str]:
        return [delivery["state"] for delivery in self.kept[f"{BASE}deliveries"]]


def nobody(*_: object) -> Mapping[str, str]:
    return {}


async def load(api: SmallApi, steps: int | None = None, town: Town = TOWN) -> int:
    api.written.clear()

    def some(all_: Sequence[loader.Step]) -> Sequence[loader.Step]:
        return all_[:steps]

    transport = httpx.MockTransport(api)
    async with httpx.AsyncClient(transport=transport, base_url="http://planraum") as client:
        return await loader.load(client, nobody, some, [town])


async def test_the_municipality_comes_first_and_the_release_last() -> None:
    api = SmallApi()
    await load(api)
    assert api.written[0] == "/v1/municipalities"
    assert api.written[-1] == f"{BASE}releases"
    assert set(api.states()) == {"released"}


async def test_a_second_run_asks_for_towns_and_releases_only() -> None:
    api = SmallApi()
    await load(api)
    asked: list[str] = []

    def note(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.path)
        return api(request)

    transport = httpx.MockTransport(note)
    async with httpx.AsyncClient(transport=transport, base_url="http://planraum") as client:
        assert await loader.load(client, nobody, towns=[TOWN]) == 0
    assert asked == ["/v1/municipalities", f"{BASE}releases"]


@pytest.mark.parametrize("steps", [0, 1, 7, 30, 50])
async def test_wherever_a_run_broke_off_the_next_one_makes_the_rest(steps: int) -> None:
    api, whole = SmallApi(), SmallApi()
    everything = await load(whole)
    await load(api, steps)
    assert await load(api) == everything - steps
    assert api.kept == whole.kept


async def test_a_new_part_of_the_demo_is_added_to_what_is_there() -> None:
    api = SmallApi()
    await load(api, town=replace(TOWN, resources=TOWN.resources[:-1]))
    added = await load(api)
    assert added == len(TOWN.resources[-1].items) + 1
    assert set(api.written) == {f"{BASE}{TOWN.resources[-1].collection}", f"{BASE}releases"}
    assert api.kept[f"{BASE}releases"][-1]["deliveries"] == []
    assert await load(api) == 0


async def test_a_pack_of_rules_is_adopted_after_its_programme_and_once() -> None:
    api = SmallApi()
    await load(api, town=replace(TOWN, rule_packs=[]))
    assert await load(api) == len(TOWN.rule_packs) + 1
    assert api.written == [
        *(f"{BASE}rule-packs/{pack}/adoption" for pack in TOWN.rule_packs),
        f"{BASE}releases",
    ]
    assert await load(api) == 0


async def test_reports_are_of_the_release_that_ended_the_loading() -> None:
    api, base = SmallApi(), f"/v1/{JENA.key}/"
    await load(api, town=JENA)
    (wished,) = JENA.coordinated_reports
    edition = f"{base}coordinated-reports/{wished.key}/editions"
    assert api.written[-6:] == [
        f"{base}reports",
        f"{base}catalogue/versions",
        f"{base}coordinated-reports",
        edition,
        f"{edition}/1/approval",
        f"{edition}/1/publication",
    ]
    (report,) = api.kept[f"{base}reports"]
    (coordinated,) = api.kept[f"{base}coordinated-reports"]
    assert (coordinated["release"], coordinated["on"]) == (1, "2026-01-15")
    assert report["release"] == 1
    assert await load(api, town=JENA) == 0
    api.kept[f"{base}releases"].append({"number": 7, "note": "by somebody else"})
    api.kept[f"{base}reports"].clear()
    assert await load(api, town=JENA) == 1
    assert api.kept[f"{base}reports"][0]["release"] == 1


async def test_what_somebody_arranged_otherwise_is_left_alone() -> None:
    api = SmallApi(taken={f"{BASE}seats"})
    await load(api)
    assert f"{BASE}seats" not in api.kept
    assert set(api.states()) == {"released"}


async def test_a_refused_file_ends_the_run_with_the_reason() -> None:
    api = SmallApi(checked="refused")
    with pytest.raises(DemoRefused, match="line 3 is wrong"):
        await load(api)


async def test_a_file_that_was_refused_before_is_sent_again() -> None:
    api = SmallApi(checked="refused")
    with pytest.raises(DemoRefused):
        await load(api)
    api.checked = "checked"
    assert await load(api) == 1
    assert sorted(api.states()) == ["refused"] + ["released"] * len(TOWN.tables)


async def test_figures_that_somebody_rejected_stay_rejected() -> None:
    api = SmallApi()
    await load(api)
    for delivery in api.kept[f"{BASE}deliveries"]:
        delivery["state"] = "rejected"
    api.kept[f"{BASE}releases"].clear()
    assert await load(api) == 0
    assert api.written == []


async def test_any_other_refusal_names_the_request() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        return httpx.Response(503, text="away")

    transport = httpx.MockTransport(refuse)
    async with httpx.AsyncClient(transport=transport, base_url="http://planraum") as client:
        with pytest.raises(DemoRefused, match=r"GET /v1/municipalities: 503 away"):
            await loader.load(client, nobody)
