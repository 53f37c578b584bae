"""The platform does what docs/permissions.csv says: every operation, for everybody."""

import re
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from services.commands.openapi import committed as committed_documents
from services.contracts.shared.access import Role
from services.gateway import local_tokens
from services.gateway.app import create_app
from services.kit.settings import Settings
from tests.support.permissions import COLUMNS, committed, rows
from tests.support.towns import new_town, register

OPERATIONS = {
    operation["operationId"]: operation
    for item in committed_documents()["platform"]["paths"].values()
    for operation in item.values()
    if isinstance(operation, dict)
}
each_row = pytest.mark.parametrize("row", committed(), ids=lambda row: row["operationId"])


def test_the_table_is_fresh() -> None:
    assert committed() == rows(), "run python -m tests.support.permissions and review the changes"


def test_the_table_has_a_column_for_every_role() -> None:
    assert tuple(committed()[0]) == COLUMNS


def test_the_public_only_reads_and_contributes() -> None:
    several_reads = "readBatch"
    public = {
        (row["method"], row["permission"].partition(":")[2])
        for row in open_to(Role.public)
        if row["operationId"] != several_reads
    }
    assert public == {("GET", "read"), ("POST", "submit")}


def open_to(role: Role) -> list[dict[str, str]]:
    return [row for row in committed() if row[role] == "yes"]


class Platform:
    """The platform as callers meet it: the gateway and, behind it, the services."""

    def __init__(self, client: httpx.AsyncClient, settings: Settings) -> None:
        self.client, self.settings = client, settings
        self.here, self.elsewhere = new_town(), new_town()
        self.minted: dict[tuple[Role, str], str] = {}

    def token(self, role: Role, town: str) -> str:
        """One for each role in a town, however many operations are tried with it."""
        if (role, town) not in self.minted:
            subject = f"{role}-in-{town}"
            token = local_tokens.mint(self.settings, town, [role], subject, 3600)
            self.minted[role, town] = token
        return self.minted[role, town]

    async def call(self, row: dict[str, str], token: str | None) -> httpx.Response:
        """The operation on things that are not there, with a body that says nothing."""
        operation = OPERATIONS[row["operationId"]]
        address = row["path"].replace("{municipality}", self.here.key)
        address = re.sub(r"\{\w+\}", "nobody-there", address)
        needed = [
            p["name"] for p in operation["parameters"] if p["required"] and p["in"] == "query"
        ]
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        body: dict[str, Any] = {}
        if row["method"] == "PATCH":
            headers["If-Match"] = '"r1"'
        for media in operation.get("requestBody", {}).get("content", {}):
            headers["Content-Type"], body["content"] = media, b"{}"
        params = dict.fromkeys(needed, "nothing")
        return await self.client.request(
            row["method"], address, headers=headers, params=params, **body
        )


@pytest.fixture(scope="module")
async def platform(
    apps: dict[str, FastAPI], settings: Settings, database_url: str
) -> AsyncIterator[Platform]:
    given = settings.model_copy(update={"rate_limit": 1_000_000})
    gateway = create_app(given, database_url, apps)
    transport = httpx.ASGITransport(gateway)
    async with (
        gateway.lifespan(),
        httpx.AsyncClient(transport=transport, base_url="http://planraum.test") as client,
    ):
        made = Platform(client, given)
        for town in (made.here, made.elsewhere):
            operator = {"Authorization": f"Bearer {made.token(Role.administrator, '*')}"}
            await register(client, town, operator)
            profile = await client.post(
                f"/v1/{town.key}/oparl-profile",
                json={"name": {"de": "Musterstadt"}},
                headers=operator,
            )
            assert profile.status_code == 201, profile.text
        yield made


def was_let_through(row: dict[str, str], response: httpx.Response) -> bool:
    assert response.status_code < 500, response.text
    if row["method"] == "GET" and row["path"].count("{") <= row["path"].count("{municipality}"):
        nothing_yet = row["path"].startswith("/v1/{municipality}/exports/") and (
            "nothing yet that this format can tell" in response.text
        )
        return response.status_code in (200, 422) or nothing_yet
    return response.status_code not in (401, 403)


@each_row
async def test_nobody_in_particular_may_what_is_open_to_all(
    platform: Platform, row: dict[str, str]
) -> None:
    response = await platform.call(row, None)
    if row[Role.public] == "yes":
        assert was_let_through(row, response), response.text
    else:
        assert response.status_code == 401
        assert response.headers["www-authenticate"].startswith("Bearer ")


@each_row
async def test_a_role_may_what_its_column_says(platform: Platform, row: dict[str, str]) -> None:
    town = platform.here.key if "{municipality}" in row["path"] else "*"
    for role in set(Role) - {Role.public}:
        response = await platform.call(row, platform.token(role, town))
        if row[role] == "yes":
            assert was_let_through(row, response), (role, response.text)
        else:
            assert response.status_code == 403, (role, response.text)


@each_row
async def test_an_administrator_of_another_town_is_nobody_here(
    platform: Platform, row: dict[str, str]
) -> None:
    response = await platform.call(row, platform.token(Role.administrator, platform.elsewhere.key))
    if row[Role.public] == "yes":
        assert was_let_through(row, response), response.text
    else:
        assert response.status_code == 404, response.text


@each_row
async def test_a_forged_token_opens_nothing(platform: Platform, row: dict[str, str]) -> None:
    good = platform.token(Role.administrator, "*")
    response = await platform.call(row, good[:-8] + "AAAAAAAA")
    if row["path"].startswith("/oparl/"):  # nobody signs in there, and no token is looked at
        assert was_let_through(row, response), response.text
    else:
        assert response.status_code == 401
