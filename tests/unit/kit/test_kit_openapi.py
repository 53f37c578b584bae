"""The document promises what the service does, with examples from real work."""

from typing import Any

import pytest

from services.kit.openapi import document, example_of
from tests.unit.kit.towers import made

SCHEMAS: dict[str, Any] = {
    "Body": {
        "type": "object",
        "properties": {
            "key": {"type": "string", "examples": ["stadtrat"]},
            "seats": {"type": "integer"},
            "id": {"type": "string", "format": "uuid"},
        },
        "required": ["key", "seats"],
        "examples": [{"seats": 46}],
    },
    "Tree": {"type": "object", "properties": {"below": {"$ref": "#/components/schemas/Tree"}}},
}


@pytest.mark.parametrize(
    ("schema", "example"),
    [
        ({"examples": ["lobeda-west"], "type": "string"}, "lobeda-west"),
        ({"const": "exactly"}, "exactly"),
        ({"default": 100, "type": "integer"}, 100),
        ({"enum": ["council", "committee"]}, "council"),
        ({"type": "string", "format": "date"}, "2026-01-15"),
        ({"type": "boolean"}, True),
        ({"anyOf": [{"type": "integer"}, {"type": "null"}]}, None),
        ({"oneOf": [{"enum": ["a"]}, {"type": "integer"}]}, "a"),
        ({"type": "array", "items": {"enum": ["jena"]}}, ["jena"]),
        ({"type": "array", "items": {}}, []),
        ({"type": "object"}, None),
        ({"$ref": "#/components/schemas/Body"}, {"key": "stadtrat", "seats": 46}),
    ],
)
def test_an_example_is_found_or_made(schema: dict[str, Any], example: Any) -> None:
    assert example_of(schema, SCHEMAS) == example


def test_a_tree_does_not_grow_for_ever() -> None:
    assert example_of({"$ref": "#/components/schemas/Tree"}, SCHEMAS) is not None


def test_an_operation_is_documented_with_what_it_may_refuse() -> None:
    paths = document(made())["paths"]
    change = paths["/v1/{municipality}/towers/{key}"]["patch"]
    assert change["operationId"] == "changeTower"
    assert change["summary"] == "Change a tower"
    assert [p["name"] for p in change["parameters"]] == ["municipality", "key"]
    may = {"400", "404", "405", "413", "415", "422", "429", "500", "503"}
    assert may <= set(change["responses"])
    listing = paths["/v1/{municipality}/towers"]["get"]
    assert {"200", "304", "422"} <= set(listing["responses"])
    copying = paths["/v1/{municipality}/towers/{key}/copies"]["post"]
    assert may | {"409"} <= set(copying["responses"])
    assert "Location" in copying["responses"]["201"]["headers"]
    assert "Idempotency-Key" in [p["name"] for p in copying["parameters"]]


def test_what_stores_nothing_takes_no_idempotency_key_and_meets_no_conflict() -> None:
    question = document(made())["paths"]["/v1/{municipality}/towers"]["post"]
    assert "Idempotency-Key" not in [p["name"] for p in question["parameters"]]
    assert "409" not in question["responses"]


def test_health_and_internals_are_not_in_the_document() -> None:
    assert all(path.startswith("/v1/") for path in document(made())["paths"])


def test_contracts_have_the_names_a_client_would_give_them() -> None:
    names = set(document(made())["components"]["schemas"])
    assert {"NewTower", "TowerChange", "ProblemDetails", "Fault"} <= names
    assert not {"HTTPValidationError", "ValidationError"} & names
