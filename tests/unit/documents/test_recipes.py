"""What the recipes say can be cooked."""

import json
import re
from pathlib import Path

import pytest

from services.contracts.gateway.webhooks import NewWebhook
from services.gateway.webhook_deliveries.rules import SCHEDULE

ROOT = Path(__file__).parents[3]
RECIPES = (ROOT / "docs" / "recipes.md").read_text("utf-8")
PATHS = json.loads((ROOT / "openapi" / "platform.json").read_text("utf-8"))["paths"]
NAMED = sorted(
    {
        *re.findall(r"/v1/jena(/[a-z-]+)", RECIPES),
        *re.findall(r"\.\.\.(/webhooks/jenarbeit/[a-z]+)", RECIPES),
    }
)


@pytest.mark.parametrize("named", NAMED)
def test_every_address_in_the_recipes_is_there(named: str) -> None:
    assert "/v1/{municipality}" + named.replace("/jenarbeit/", "/{key}/") in PATHS


def test_the_webhook_of_the_recipe_is_one() -> None:
    found = re.search(r"'(\{\"key\": \"jenarbeit\".*?\})'", RECIPES, re.DOTALL)
    assert found
    assert NewWebhook.model_validate_json(found[1]).supplier == "jenarbeit"


def test_the_recipe_tells_the_schedule_as_it_is() -> None:
    hours = [wait.total_seconds() / 3600 for wait in SCHEDULE[3:]]
    *most, last = (f"{hour:.0f}" for hour in hours)
    told = " ".join(RECIPES.split())
    assert f"after 5 seconds, 5 minutes, 30 minutes, {', '.join(most)} and {last} hours" in told
