"""Who is let in with an access token, and who is not."""

from collections.abc import AsyncIterator, Callable

import httpx
import pytest
from fastapi import FastAPI
from joserfc.errors import SecurityWarning
from joserfc.jwk import ECKey
from pydantic import SecretStr

from services.gateway import local_tokens, oidc
from services.gateway.app import Gateway, create_app
from services.kit.settings import Environment, Settings
from tests.integration.gateway.conftest import client_of, opened, served
from tests.integration.gateway.provider import KEYS, STRANGER, Provider


@pytest.fixture(scope="module")
async def provider() -> AsyncIterator[Provider]:
    made = Provider()
    async with served(made.app) as made.url:
        yield made


@pytest.fixture(scope="module")
async def guarded(
    provider: Provider, settings: Settings, database_url: str, looking_glass: FastAPI
) -> AsyncIterator[Gateway]:
    given = settings.model_copy(update={"oidc_issuer": provider.url})
    async with opened(create_app(given, database_url, {"mirror": looking_glass})) as gateway:
        yield gateway


@pytest.fixture
async def door(guarded: Gateway, registered: str) -> AsyncIterator[Callable[[str], object]]:
    """Ask the mirror with a token."""
    async with client_of(guarded) as client:

        async def ask(token: str) -> httpx.Response:
            headers = {"Authorization": f"Bearer {token}"}
            return await client.get(f"/v1/{registered}/mirror", headers=headers)

        yield ask


Ask = Callable[[str], object]


@pytest.mark.parametrize("name", KEYS)
@pytest.mark.parametrize("kind", ["at+jwt", "application/at+jwt", "JWT"])
async def test_a_token_of_the_provider_opens_the_door(
    door: Ask, provider: Provider, name: str, kind: str
) -> None:
    answer = await door(provider.token(name, {"typ": kind}))
    assert answer.status_code == 200, answer.text
    actor = answer.json()["actor"]
    assert actor["kind"] == "person"
    assert actor["roles"] == ["planner"]
    assert actor["subject"].startswith("oidc:")
    assert "3f1c" not in actor["subject"]
    assert "authorization" not in answer.json()["headers"]


BAD: dict[str, Callable[[Provider], str]] = {
    "alg none": Provider.unsigned,
    "HS256 with the public key": Provider.signed_with_the_public_key,
    "another issuer": lambda p: p.token(iss="https://elsewhere.example"),
    "no issuer": lambda p: p.token(iss=None),
    "for somebody else": lambda p: p.token(aud="other-api"),
    "for nobody": lambda p: p.token(aud=None),
    "an identity token": lambda p: p.token(header={"typ": "id+jwt"}),
    "no type": lambda p: p.token(header={"typ": None}),
    "expired": lambda p: p.token(exp=1),
    "without an end": lambda p: p.token(exp=None),
    "not yet valid": lambda p: p.token(nbf=99999999999),
    "without a subject": lambda p: p.token(sub=None),
    "signed by a stranger": lambda p: p.token(key=STRANGER),
    "unknown key id": lambda p: p.token(header={"kid": "stranger"}, key=STRANGER),
    "brings its own key": lambda p: p.token(
        header={"kid": "stranger", "jwk": STRANGER.as_dict(private=False)}, key=STRANGER
    ),
    "points to its own keys": lambda p: p.token(
        header={"kid": "stranger", "jku": "https://evil.example/keys"}, key=STRANGER
    ),
    "key of another kind": lambda p: p.token("ec", {"kid": "rsa"}),
    "cut off": lambda p: p.token()[:-20],
    "cut off early": lambda p: p.token()[:30],
    "changed": lambda p: p.token().replace(".", ".e", 1),
    "no token": lambda _: "hello",
    "two tokens": lambda p: f"{p.token()}, {p.token()}",
    "very long": lambda p: p.token() + "a" * 20_000,
    "deeply nested": lambda _: "eyJ" + "W1tb" * 3000 + ".x.y",
}


@pytest.mark.parametrize("what", BAD)
async def test_nobody_enters_with_a_bad_token(door: Ask, provider: Provider, what: str) -> None:
    answer = await door(BAD[what](provider))
    assert answer.status_code == 401, what
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "/problems/unauthorised"
    assert answer.headers["www-authenticate"].startswith('Bearer realm="planraum"')
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]


async def test_a_provider_that_still_writes_eddsa_is_understood(
    door: Ask, provider: Provider
) -> None:
    with pytest.warns(SecurityWarning):
        token = provider.token("ed", {"alg": "EdDSA"})
    assert (await door(token)).status_code == 200


async def test_unknown_key_ids_do_not_make_us_ask_the_provider_again(
    door: Ask, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    await door(provider.token())
    before = provider.asked
    for number in range(10):
        await door(provider.token(header={"kid": f"guess-{number}"}, key=STRANGER))
    assert provider.asked == before
    fresh = ECKey.generate_key("P-256", {"kid": "fresh"})
    provider.extra.append(fresh)
    rotated = provider.token(header={"kid": "fresh"}, key=fresh)
    assert (await door(rotated)).status_code == 401
    monkeypatch.setattr(oidc, "PATIENCE", 0.0)
    assert (await door(rotated)).status_code == 200
    assert provider.asked == before + 1


async def test_a_provider_that_is_away_is_not_the_fault_of_the_caller(
    settings: Settings, database_url: str, looking_glass: FastAPI, registered: str
) -> None:
    given = settings.model_copy(update={"oidc_issuer": "http://127.0.0.1:9"})
    async with (
        opened(create_app(given, database_url, {"mirror": looking_glass})) as gateway,
        client_of(gateway) as client,
    ):
        elsewhere = Provider()
        elsewhere.url = given.oidc_issuer or ""
        headers = {"Authorization": f"Bearer {elsewhere.token()}"}
        answer = await client.get(f"/v1/{registered}/mirror", headers=headers)
        assert answer.status_code == 503
        assert "retry-after" in answer.headers
        assert (await client.get(f"/v1/{registered}/mirror")).status_code == 200


@pytest.mark.parametrize("header", ["Basic dXNlcjpwYXNz", "Bearer", "Bearer ", "planner", "\xff"])
async def test_an_authorization_that_is_no_bearer_token_is_refused(
    client: httpx.AsyncClient, registered: str, header: str
) -> None:
    answer = await client.get(
        f"/v1/{registered}/mirror", headers=[(b"authorization", header.encode("latin-1"))]
    )
    assert answer.status_code == 401


@pytest.mark.parametrize(
    "changed",
    [
        {"environment": Environment.production},
        {"host": "0.0.0.0"},
        {"host": "planraum.example"},
    ],
)
async def test_a_development_token_is_worth_nothing_where_others_can_come(
    settings: Settings,
    database_url: str,
    looking_glass: FastAPI,
    registered: str,
    bearer: Callable[..., dict[str, str]],
    changed: dict[str, object],
) -> None:
    given = settings.model_copy(update=changed)
    async with (
        opened(create_app(given, database_url, {"mirror": looking_glass})) as gateway,
        client_of(gateway) as client,
    ):
        answer = await client.get(f"/v1/{registered}/mirror", headers=bearer("planner"))
        assert answer.status_code == 401


def test_no_development_token_is_made_in_production(settings: Settings) -> None:
    given = settings.model_copy(
        update={"environment": Environment.production, "internal_key": SecretStr("x" * 32)}
    )
    with pytest.raises(local_tokens.RefusedInProduction, match="production"):
        local_tokens.mint(given, "jena", ["planner"], "clerk", 60)


async def test_the_key_of_development_tokens_is_for_its_owner_alone(settings: Settings) -> None:
    local_tokens.mint(settings, "jena", ["planner"], "clerk", 60)
    key = settings.data_dir / "local-token-key.json"
    assert key.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in settings.data_dir.glob("local-token-key*")] == [key.name]
