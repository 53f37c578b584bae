"""Four processes behind one proxy: what the deployment files promise."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.kit.migrate import SERVICES, role_of
from services.kit.settings import Settings

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "docker-compose.yml").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
PARTS: dict[str, dict[str, Any]] = COMPOSE["services"]


def test_only_the_proxy_can_be_reached_from_outside() -> None:
    assert [name for name, part in PARTS.items() if part.get("ports")] == ["proxy"]
    assert {name for name, part in PARTS.items() if "outside" in part["networks"]} == {
        "proxy",
        "gateway",
    }
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert "network_mode" not in TEXT


@pytest.mark.parametrize("service", SERVICES)
def test_each_service_logs_in_as_its_own_role(service: str) -> None:
    part = PARTS[service]
    assert part["command"] == ["serve", service]
    assert part["environment"]["DATABASE_URL"].startswith(f"postgresql://{role_of(service)}:")
    secrets = set(re.findall(r"\$\{(\w+)", str(part["environment"])))
    assert secrets == {f"PLANRAUM_{service.upper()}_PASSWORD", "PLANRAUM_INTERNAL_KEY"}


def test_only_the_migration_knows_the_owner_of_the_schemas() -> None:
    knowing = [name for name, part in PARTS.items() if "POSTGRES_PASSWORD" in str(part)]
    assert knowing == ["postgres", "migrate"]
    given = PARTS["migrate"]["environment"]
    assert {f"PLANRAUM_{service.upper()}_PASSWORD" for service in SERVICES} <= set(given)
    assert PARTS["migrate"]["restart"] == "no"


def test_no_secret_is_written_down_and_none_may_be_missing() -> None:
    secret = re.compile(r"PASSWORD|SECRET|INTERNAL_KEY|TOKEN")
    for name, value in settings():
        if secret.search(name):
            assert re.fullmatch(r"\$\{\w+:\?[^}]+\}", value), name
        elif value and value.startswith("postgresql://"):
            assert re.search(r":\$\{\w+:\?[^}]+\}@", value), name
    example = (ROOT / ".env.example").read_text("utf-8")
    asked = set(re.findall(r"\$\{(\w+):\?", TEXT))
    assert set(re.findall(r"^(\w+)=$", example, re.MULTILINE)) == asked
    assert ".env" in (ROOT / ".gitignore").read_text("utf-8").splitlines()


def test_every_setting_is_one_that_the_program_knows() -> None:
    known = {f"PLANRAUM_{field}".upper() for field in Settings.model_fields} | {"DATABASE_URL"}
    known |= {f"PLANRAUM_{service.upper()}_PASSWORD" for service in SERVICES}
    given = {name for name, _ in settings() if not name.startswith("POSTGRES_")}
    assert given <= known


def settings() -> list[tuple[str, str]]:
    return [pair for part in PARTS.values() for pair in part.get("environment", {}).items()]


@pytest.mark.parametrize("name", PARTS)
def test_every_container_has_no_more_rights_than_it_needs(name: str) -> None:
    part = PARTS[name]
    assert part["cap_drop"] == ["ALL"]
    assert part["read_only"] is True
    assert part["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in part
    assert "cap_add" not in part
    assert not any("docker.sock" in str(volume) for volume in part.get("volumes", []))


def test_the_migration_runs_before_every_service() -> None:
    for service in SERVICES:
        assert PARTS[service]["depends_on"] == {
            "migrate": {"condition": "service_completed_successfully"}
        }
