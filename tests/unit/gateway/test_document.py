"""One document made of several."""

import json
from typing import Any

import pytest

from services.gateway import document


def described(path: str, schemas: dict[str, Any], operation: str, **more: Any) -> dict[str, Any]:
    answer = {"schema": {"$ref": f"#/components/schemas/{next(iter(schemas))}"}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "x", "version": "1"},
        "servers": [{"url": "/"}],
        "paths": {
            path: {
                "get": {
                    "operationId": operation,
                    "responses": {"200": {"content": {"application/json": answer}}},
                }
            }
        },
        "components": {"schemas": schemas, "securitySchemes": {"bearer": {"type": "http"}}},
        **more,
    }


def reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def test_every_address_says_which_service_it_belongs_to() -> None:
    whole = document.union(
        {
            "projects": described("/v1/{municipality}/grants", {"Grant": {}}, "listGrants"),
            "gateway": described("/v1/municipalities", {"Town": {}}, "listMunicipalities"),
        }
    )
    assert whole["paths"]["/v1/{municipality}/grants"]["x-service"] == "projects"
    assert whole["paths"]["/v1/municipalities"]["x-service"] == "gateway"
    assert whole["info"]["title"] == "Planraum"
    assert whole["components"]["securitySchemes"] == {"bearer": {"type": "http"}}


def test_two_meanings_of_one_name_get_two_names() -> None:
    boards = {"Page": {"items": reference("State")}, "State": {"enum": ["held"]}, "Same": {}}
    projects = {"Page": {"items": reference("State")}, "State": {"enum": ["paid"]}, "Same": {}}
    whole = document.union(
        {
            "boards": described("/v1/{municipality}/meetings", boards, "listMeetings"),
            "projects": described("/v1/{municipality}/claims", projects, "listClaims"),
        }
    )
    schemas = whole["components"]["schemas"]
    assert set(schemas) == {"Page", "State", "Same", "ProjectsPage", "ProjectsState"}
    assert schemas["Page"]["items"] == reference("State")
    assert schemas["State"] == {"enum": ["held"]}
    assert schemas["ProjectsPage"]["items"] == reference("ProjectsState")
    claims = json.dumps(whole["paths"]["/v1/{municipality}/claims"])
    assert reference("ProjectsPage")["$ref"] in claims


def test_tags_and_problems_are_told_once() -> None:
    conflict = {"slug": "conflict", "status": 409, "title": "x", "explanation": "y"}
    tag = {"name": "Meetings", "description": "Sitzungen"}
    whole = document.union(
        {
            name: described(f"/{name}", {"A": {}}, name, tags=[tag], **{"x-problems": [conflict]})
            for name in ("boards", "projects")
        }
    )
    assert whole["tags"] == [tag]
    assert whole["x-tagGroups"] == [{"name": "Boards", "tags": ["Meetings"]}]
    assert whole["x-problems"] == [conflict]


def test_an_address_or_operation_of_two_services_is_refused() -> None:
    one = described("/v1/{municipality}/sites", {"A": {}}, "listSites")
    with pytest.raises(ValueError, match="belongs to boards and to projects"):
        document.union({"boards": one, "projects": one})
    other = described("/v1/{municipality}/places", {"A": {}}, "listSites")
    with pytest.raises(ValueError, match="operationId listSites"):
        document.union({"boards": one, "projects": other})


def test_a_missing_document_says_what_to_do() -> None:
    with pytest.raises(RuntimeError, match=r"openapi/nobody\.json is missing: run"):
        document.committed("nobody")
