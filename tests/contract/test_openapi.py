"""The API documents: valid, complete, and with examples that cannot rot."""

import importlib
import pkgutil
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema.validators import validator_for
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from pydantic import BaseModel
from referencing import Registry
from referencing.jsonschema import DRAFT202012

import services.contracts
from services.commands.openapi import FOLDER, committed, documents, written
from services.contracts.shared.base import Stored
from services.kit.openapi import example_of
from services.kit.problems import MEDIA_TYPE, OPARL_ERROR, is_oparl

DOCUMENTS = committed()
SERVICES = [name for name in DOCUMENTS if name != "platform"]
METHODS = ("get", "post", "put", "patch", "delete")
Operation = tuple[str, str, str, dict[str, Any]]


def operations(names: list[str] = SERVICES) -> Iterator[Operation]:
    for name in names:
        for path, item in DOCUMENTS[name]["paths"].items():
            for method in METHODS:
                if method in item:
                    yield name, method, path, item[method]


def named(operation: Operation) -> str:
    return f"{operation[1]} {operation[2]}"


ALL = list(operations())
READING_POSTS = {
    "areas/import/proposals",
    "batch",
    "contributions/mine",
    "formulas/checks",
    "indices/{key}/previews",
    "mappings/proposals",
    "needs-rules/{key}/previews",
}
"""They only read, and can be repeated as they are: nothing has to be done once."""
each_operation = pytest.mark.parametrize("operation", ALL, ids=named)


def contracts() -> Iterator[type[BaseModel]]:
    for module in pkgutil.walk_packages(services.contracts.__path__, "services.contracts."):
        for thing in vars(importlib.import_module(module.name)).values():
            own = isinstance(thing, type) and thing.__module__ == module.name
            if own and issubclass(thing, BaseModel):
                yield thing


def examples() -> Iterator[Any]:
    """Each contract with each example of its own, not with one taken over from another."""
    for contract in contracts():
        extra = contract.model_config.get("json_schema_extra")
        others = [base for base in contract.__mro__[1:] if issubclass(base, BaseModel)]
        if isinstance(extra, dict) and all(
            extra != other.model_config.get("json_schema_extra") for other in others
        ):
            given: Any = extra.get("examples", ())
            for example in given:
                yield pytest.param(contract, example, id=contract.__qualname__)


@pytest.mark.parametrize(("contract", "example"), [*examples()])
def test_an_example_is_what_it_shows(contract: type[BaseModel], example: dict[str, Any]) -> None:
    if issubclass(contract, Stored):
        schema = contract.model_json_schema(mode="serialization")
        example = {**example_of(schema, schema.get("$defs", {})), **example}
    contract.model_validate(example)


def test_the_committed_documents_are_what_the_code_says() -> None:
    for name, made in documents().items():
        same = (FOLDER / f"{name}.json").read_text() == written(made)
        assert same, f"run `planraum openapi` and review the changes of {name}"


def answered(schema: dict[str, Any]) -> dict[str, Any]:
    content = {"application/json": {"schema": schema}}
    return {"responses": {"200": {"description": "There it is.", "content": content}}}


STANDARD = dict(OpenAPIV31SpecValidator.schema_validator.schema)
KNOWN = Registry().with_resource(STANDARD["$id"], DRAFT202012.create_resource(STANDARD)).crawl()


class Validator(OpenAPIV31SpecValidator):
    """Knows the anchors of the standard's schema; else they are looked for anew each time."""

    schema_validator = validator_for(STANDARD)(STANDARD, registry=KNOWN)


def errors(document: dict[str, Any]) -> list[str]:
    found = Validator(document).iter_errors()
    return [f"{list(error.absolute_path)}: {error.message[:200]}" for error in found]


def test_the_documents_are_valid_openapi() -> None:
    assert all(document["openapi"].startswith("3.1") for document in DOCUMENTS.values())
    # The union holds every operation and schema of the others.
    assert errors(DOCUMENTS["platform"]) == []


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"parameters": {}}, "['paths', '/here', 'get', 'parameters']"),
        ({"responses": {"200": {}}}, "['paths', '/here', 'get', 'responses', '200']"),
        ({"operationId": "twice"}, "[]: Operation ID 'twice'"),
        (answered({"type": "nonsense"}), "['type']: 'nonsense'"),
        (answered({"type": "string", "default": 1}), "[]: 1 is not of type"),
    ],
)
def test_a_document_that_is_not_valid_is_found_out(wrong: dict[str, Any], where: str) -> None:
    def document(operation: dict[str, Any]) -> dict[str, Any]:
        right = {"responses": {"200": {"description": "There it is."}}}
        other = {**right, "operationId": "twice"}
        paths = {"/here": {"get": {**right, **operation}}, "/there": {"get": other}}
        return {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": paths}

    assert errors(document({})) == []
    assert any(error.startswith(where) for error in errors(document(wrong)))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_says_who_wrote_it_and_what_its_groups_are(name: str) -> None:
    info, tags = DOCUMENTS[name]["info"], DOCUMENTS[name].get("tags", [])
    assert info["description"].strip()
    assert info["license"]
    described = {tag["name"] for tag in tags if tag.get("description")}
    used = {tag for _, _, _, op in operations([name]) for tag in op.get("tags", [])}
    assert used
    assert used <= described


def test_no_two_operations_share_a_name() -> None:
    counted = Counter(operation["operationId"] for *_, operation in ALL)
    assert [name for name, count in counted.items() if count > 1] == []


def test_the_union_holds_every_operation_once() -> None:
    union = {(method, path) for _, method, path, _ in operations(["platform"])}
    single = [(method, path) for _, method, path, _ in ALL]
    assert len(single) == len(set(single))
    assert set(single) == union


@each_operation
def test_an_operation_is_described(operation: Operation) -> None:
    _, method, path, described = operation
    assert described["summary"]
    assert not described["summary"].endswith(".")
    assert len(described["summary"]) < 80
    assert described["description"] != described["summary"]
    assert described["operationId"].isalnum()
    assert described["tags"]
    for parameter in described["parameters"]:
        assert parameter.get("description"), parameter["name"]
    assert f"{{{path.partition('{')[2].partition('}')[0]}}}" in path or "{" not in path
    names = [(p["in"], p["name"].lower()) for p in described["parameters"]]
    assert len(names) == len(set(names))
    assert {n for place, n in names if place == "path"} == {
        part[1:-1] for part in path.split("/") if part.startswith("{")
    }
    changes = method == "post" and path.removeprefix("/v1/{municipality}/") not in READING_POSTS
    assert (("header", "idempotency-key") in names) is changes
    if method == "patch":
        assert ("header", "if-match") in names


@each_operation
def test_an_operation_under_v1_names_its_permission(operation: Operation) -> None:
    _, _, path, described = operation
    if path.startswith("/v1/"):
        service, _, verb = described["x-permission"].partition(".")[2].partition(":")
        assert service
        assert verb
        assert described["security"][0] == {"bearer": []}


@each_operation
def test_an_operation_documents_its_refusals(operation: Operation) -> None:
    _, method, path, described = operation
    refusals = {s: given for s, given in described["responses"].items() if s >= "400"}
    assert {"404", "405", "429", "500", "503"} <= set(refusals)
    for status, given in refusals.items():
        assert given["description"]
        if is_oparl(path):
            schema = given["content"]["application/json"]["schema"]
            assert schema["properties"]["type"]["const"] == OPARL_ERROR
            continue
        schema = given["content"][MEDIA_TYPE]["schema"]
        assert schema == {"$ref": "#/components/schemas/ProblemDetails"}, status
    if "requestBody" in described:
        assert {"400", "413", "415", "422"} <= set(refusals)
    if method == "patch":
        assert {"409", "412", "428"} <= set(refusals)


def contents(operation: Operation) -> Iterator[tuple[str, str, dict[str, Any]]]:
    described = operation[3]
    for media, content in described.get("requestBody", {}).get("content", {}).items():
        yield "request", media, content
    for status, given in described["responses"].items():
        if status < "300":
            for media, content in given.get("content", {}).items():
                yield status, media, content


@each_operation
def test_an_operation_shows_examples_that_fit_its_schemas(operation: Operation) -> None:
    document = DOCUMENTS[operation[0]]
    shown = 0
    for where, media, content in contents(operation):
        several = [one["value"] for one in content.get("examples", {}).values()]
        found = several or ([content["example"]] if "example" in content else [])
        shown += len(found)
        if not media.endswith("json"):
            continue
        assert found, (where, media)
        schema = {**content.get("schema", {}), "components": document["components"]}
        for example in found:
            problems = OAS31Validator(schema).iter_errors(example)
            assert [f"{e.json_path}: {e.message[:200]}" for e in problems] == [], (where, media)
    assert shown or not [*contents(operation)]
