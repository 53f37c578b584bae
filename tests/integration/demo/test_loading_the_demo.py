"""The demo municipalities, loaded through the gateway as anybody would."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from services.contracts.shared.access import Role
from services.demo import loader
from services.demo.api import DemoRefused
from services.demo.figures import Figure
from services.demo.jena import TOWN as JENA
from services.demo.loader import Step
from services.demo.towns import Town
from services.demo.wartburgkreis import TOWN as WARTBURGKREIS
from services.gateway import local_tokens
from services.gateway.app import create_app
from services.kit.settings import Settings
from tests.support.towns import new_town

STATUS = {".": "unknown", "/": "unreliable"}


@dataclass
class Platform:
    """The gateway with all services behind it, and what it has been asked."""

    client: httpx.AsyncClient
    settings: Settings
    database_url: str
    methods: list[str] = field(default_factory=list)

    def as_(self, municipality: str, roles: Sequence[Role], subject: str) -> Mapping[str, str]:
        token = local_tokens.mint(self.settings, municipality, roles, subject, 600)
        return {"Authorization": f"Bearer {token}"}

    async def load(self, *towns: Town, steps: int | None = None) -> int:
        self.methods.clear()
        return await loader.load(self.client, self.as_, lambda all_: all_[:steps], towns)

    async def read(self, town: Town, address: str, **query: str) -> Any:
        headers = self.as_(town.key, [Role.administrator], "test:reader")
        response = await self.client.get(f"/v1/{town.key}{address}", headers=headers, params=query)
        assert response.status_code == 200, response.text
        return response.json()

    async def journals(self, town: Town) -> dict[str, int]:
        """How far the journal of each service has come."""
        connection = await asyncpg.connect(self.database_url)
        try:
            return {
                schema: await connection.fetchval(
                    f"SELECT seq FROM {schema}.journal_head WHERE municipality_id = $1",
                    int(town.municipality.id),
                )
                for schema in ("gateway", "boards", "indicators", "projects")
            }
        finally:
            await connection.close()


@pytest.fixture
async def platform(
    apps: dict[str, FastAPI], settings: Settings, database_url: str
) -> AsyncIterator[Platform]:
    gateway = create_app(settings, database_url, apps)
    transport = httpx.ASGITransport(gateway)
    async with (
        gateway.lifespan(),
        httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client,
    ):
        made = Platform(client, settings, database_url)

        async def note(request: httpx.Request) -> None:
            made.methods.append(request.method)

        client.event_hooks["request"].append(note)
        yield made


def elsewhere(town: Town) -> Town:
    """The same town under a name of its own, so that tests do not meet."""
    new = new_town()
    municipality = town.municipality.model_copy(update={"key": new.key, "id": str(new.id)})
    return replace(town, municipality=municipality)


@pytest.mark.parametrize("town", [JENA, WARTBURGKREIS], ids=lambda town: town.key)
async def test_the_first_run_loads_everything_and_the_second_only_looks(
    platform: Platform, town: Town
) -> None:
    town = elsewhere(town)
    assert await platform.load(town) > 0
    before = await platform.journals(town)
    assert all(before.values()), before
    for resources in town.resources:
        query = {"limit": "1000", **resources.query}
        page = await platform.read(town, f"/{resources.collection}", **query)
        stored = {item["key"]: item for item in page["items"]}
        for item in resources.items:
            sent = item.model_dump(mode="json", exclude={"geometry"})
            if sent["key"] in town.later_versions:
                sent |= {"valid_to": str(town.later_versions[sent["key"]].valid_from)}
            assert sent.items() <= stored[sent["key"]].items()
    for programme in town.rule_packs:
        rules = await platform.read(town, "/funding-rules", programme=programme)
        assert rules["items"], programme
    assert await platform.load(town) == 0
    assert set(platform.methods) == {"GET"}
    assert await platform.journals(town) == before


@pytest.mark.parametrize("town", [JENA, WARTBURGKREIS], ids=lambda town: town.key)
async def test_everybody_reads_the_figures_as_they_were_typed_in(
    platform: Platform, town: Town
) -> None:
    town = elsewhere(town)
    await platform.load(town)
    figures = {_place(figure): figure for table in town.tables for figure in table.figures}
    indicators = ",".join(sorted({figure.indicator for figure in figures.values()}))
    response = await platform.client.get(
        f"/v1/{town.key}/observations", params={"indicator": indicators}
    )
    assert response.status_code == 200, response.text
    columns = response.json()["columns"]
    shown = {
        tuple(place): (value, status)
        for *place, value, status in zip(
            *(
                columns[name]
                for name in ("indicator", "area", "period", "breakdown", "value", "status")
            ),
            strict=True,
        )
    }
    assert set(shown) == set(figures)
    for place, figure in figures.items():
        value, status = shown[place]
        if isinstance(figure.value, str):
            assert (value, status) == (None, STATUS[figure.value])
        else:
            assert (value, status) == (float(figure.value), "normal"), place


async def test_jena_has_an_index_with_classes_findings_an_atlas_and_a_catalogue(
    platform: Platform,
) -> None:
    town = elsewhere(JENA)
    await platform.load(town)
    read = await platform.read(town, "/indices/haushalte-wandel/results", period="2016-12-31")
    classes = dict(zip(read["columns"]["area"], read["columns"]["class_code"], strict=True))
    assert classes["jena-zentrum"] == "3"
    assert len(classes) == 8
    assert None not in classes.values()
    findings = (await platform.read(town, "/findings"))["items"]
    assert {one["area"] for one in findings} == {"jena-zentrum", "jena-west", "jena-nord"}
    (evidence,) = findings[0]["evidence"]
    assert (evidence["reference_area"], evidence["release"]) == ("jena", 1)
    report = await platform.read(town, "/reports/atlas-haushalte")
    assert report["release"] == 1
    page = await platform.client.get(f"/v1/{town.key}/reports/atlas-haushalte/document")
    assert page.status_code == 200
    assert "Haushalte im Wandel" in page.text
    assert "Kacheln statt der wirklichen Grenzen" in page.text
    (version,) = (await platform.read(town, "/catalogue/versions"))["items"]
    assert (version["key"], version["approval"]) == ("catalogue-1", None)


async def test_a_run_that_broke_off_is_completed(platform: Platform) -> None:
    town = elsewhere(WARTBURGKREIS)
    everything = await platform.load(town, steps=20)
    rest = await platform.load(town)
    assert rest == everything - 20
    assert await platform.load(town) == 0


async def test_what_somebody_changed_stays_changed(platform: Platform) -> None:
    town = elsewhere(WARTBURGKREIS)
    await platform.load(town)
    address = f"/v1/{town.key}/bodies/kreistag"
    changed = await platform.client.patch(
        address,
        json={"website": "https://example.org/kreistag"},
        headers={
            **platform.as_(town.key, [Role.secretary], "test:secretary"),
            "If-Match": '"r1"',
        },
    )
    assert changed.status_code == 200, changed.text
    assert await platform.load(town) == 0
    kept = await platform.read(town, "/bodies/kreistag")
    assert kept["website"] == "https://example.org/kreistag"
    assert kept["revision"] == 2


async def test_nobody_approves_what_they_delivered(platform: Platform) -> None:
    town = elsewhere(WARTBURGKREIS)
    await platform.load(town)
    deliveries = (await platform.read(town, "/deliveries"))["items"]
    assert len(deliveries) == len(town.tables)
    for delivery in deliveries:
        assert delivery["state"] == "released"
        assert delivery["delivered_by"] != delivery["decided_by"]


async def test_the_wartburgkreis_has_grown_by_eisenach(platform: Platform) -> None:
    town = elsewhere(WARTBURGKREIS)
    await platform.load(town)
    versions = await platform.read(town, "/areas/wartburgkreis/versions")
    assert [version["valid_from"] for version in versions] == ["1998-01-01", "2021-07-01"]
    today = await platform.read(town, "/areas", level="kreis")
    assert [area["key"] for area in today["items"]] == ["wartburgkreis"]


async def test_a_refusal_says_what_was_refused(platform: Platform) -> None:
    town = elsewhere(WARTBURGKREIS)

    def nobody(*_: object) -> Mapping[str, str]:
        return {}

    with pytest.raises(DemoRefused, match=r"POST /v1/municipalities: 401"):
        await loader.load(platform.client, nobody, towns=[town])


async def test_progress_is_only_shown_when_there_is_something_to_do(platform: Platform) -> None:
    town = elsewhere(WARTBURGKREIS)
    await platform.load(town)
    shown: list[Sequence[Step]] = []

    def show(steps: Sequence[Step]) -> Sequence[Step]:
        shown.append(steps)
        return steps

    await loader.load(platform.client, platform.as_, show, [town])
    assert shown == []


def _place(figure: Figure) -> tuple[str, str, str, str]:
    attributes = sorted((name, code) for name, code in figure.breakdown.items() if code)
    breakdown = "&".join(f"{name}={code}" for name, code in attributes)
    return (figure.indicator, figure.area, figure.period, breakdown)
