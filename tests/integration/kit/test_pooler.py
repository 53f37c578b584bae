"""Behind a pooler in transaction mode nothing is set at the start of a session."""

import httpx
import pytest

from services.boards.app import create_app
from services.contracts.shared.access import Municipality, Role
from services.kit.identity import Signer
from services.kit.settings import Settings
from tests.support.towns import Door


@pytest.fixture
def pooled(settings: Settings) -> Settings:
    return settings.model_copy(update={"database_pooler": "transaction"})


async def test_a_service_that_logs_in_as_its_own_role_needs_nothing_set(
    pooled: Settings, database_url: str, signer: Signer, town: Municipality
) -> None:
    app = create_app(pooled, database_url.replace("//planraum@", "//planraum_boards@"))
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://boards") as client,
    ):
        door = Door(client, signer, town, (Role.administrator,))
        new = {"key": "verein", "name": {"de": "Verein"}, "kind": "association"}
        assert (await door.post("/organisations", new)).status_code == 201
        assert (await door.get("/organisations/verein")).json()["key"] == "verein"
        assert (await client.get("/readyz")).status_code == 200


def test_another_login_is_refused_at_the_start(pooled: Settings, database_url: str) -> None:
    with pytest.raises(ValueError, match="log in as planraum_boards"):
        create_app(pooled, database_url)
