"""Settings come from the environment; secrets stay there."""

import pytest
from pydantic import ValidationError

from services.kit.settings import Environment, Settings

SECRETS = {
    "DATABASE_URL": "postgresql://office:canary-4711@db/planraum",
    "PLANRAUM_INTERNAL_KEY": "canary-4711-canary-4711-canary-4711",
}


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*SECRETS, "PLANRAUM_DATABASE_URL", "PG_BIN", "PLANRAUM_PG_BIN"):
        monkeypatch.delenv(name, raising=False)


def test_a_list_is_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().cors_origins == ()
    monkeypatch.setenv("PLANRAUM_CORS_ORIGINS", " https://a.example ,,https://b.example,")
    assert Settings().cors_origins == ("https://a.example", "https://b.example")
    monkeypatch.setenv("PLANRAUM_CORS_ORIGINS", "")
    assert Settings().cors_origins == ()


def test_secrets_are_read_and_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    settings = Settings()
    assert settings.database_url is not None
    assert settings.database_url.get_secret_value() == SECRETS["DATABASE_URL"]
    for shown in (repr(settings), str(settings), str(settings.model_dump()), f"{settings!r}"):
        assert "canary" not in shown
    assert "canary" not in settings.model_dump_json()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PLANRAUM_PORT", "70000"),
        ("PLANRAUM_PORT", "eighty"),
        ("PLANRAUM_ENVIRONMENT", "staging"),
        ("PLANRAUM_POOL_SIZE", "0"),
        ("PLANRAUM_DATABASE_POOLER", "session"),
        ("PLANRAUM_LOG_FORMAT", "xml"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    for secret, hidden in SECRETS.items():
        monkeypatch.setenv(secret, hidden)
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError) as refusal:
        Settings()
    assert "canary" not in str(refusal.value)


@pytest.mark.parametrize("name", ["DATABASE_URL", "PLANRAUM_DATABASE_URL"])
def test_the_database_may_be_named_either_way(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "postgresql://db/planraum")
    found = Settings().database_url
    assert found is not None
    assert found.get_secret_value() == "postgresql://db/planraum"


def test_it_starts_local_on_this_machine_only() -> None:
    assert Settings().environment is Environment.local
    assert Settings().host == "127.0.0.1"


def test_each_service_has_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANRAUM_BOARDS_URL", "http://boards:8000")
    assert Settings().upstream("boards") == "http://boards:8000"
    assert Settings().upstream("projects").startswith("http://127.0.0.1:")


def test_what_webhooks_may_reach_is_hosts_and_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANRAUM_WEBHOOK_ALLOW", "intranet.example.org, 10.20.0.0/16, fd00::/8")
    assert Settings().webhook_allow == ("intranet.example.org", "10.20.0.0/16", "fd00::/8")
    for wrong in ("10.20.0.0/33", "https://intranet.example.org", "intranet:8080"):
        monkeypatch.setenv("PLANRAUM_WEBHOOK_ALLOW", wrong)
        with pytest.raises(ValidationError):
            Settings()
