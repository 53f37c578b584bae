"""What can be selected is what the contracts and the routes say."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from fastapi.routing import APIRoute
from sqlalchemy import inspect

from services.commands.openapi import committed
from services.kit.database import UnitOfWork
from services.kit.relations import Relation
from services.kit.settings import Settings
from services.platform import services
from tests.support.towns import KEY

APPS = services(Settings(internal_key=KEY), "postgresql://nobody@127.0.0.1/none")
PLATFORM = committed()["platform"]["paths"]


class Told(NamedTuple):
    """One relation as a service tells it."""

    service: str
    model: type
    name: str
    relation: Any


def told() -> Iterator[Any]:
    for service, app in APPS.items():
        for model, relations in app.state.relations.items():
            for name, relation in relations.items():
                each = Told(service, model, name, relation)
                yield pytest.param(each, id=f"{model.__name__}.{name}")


each_relation = pytest.mark.parametrize("one", list(told()))


@each_relation
def test_what_is_brought_is_what_its_own_address_shows_to_the_same_people(one: Told) -> None:
    relation: Relation = one.relation
    collection = relation.kind.collection
    route = next(
        route
        for route in APPS[one.service].routes
        if isinstance(route, APIRoute)
        and route.methods == {"GET"}
        and route.path.endswith((f"/{collection}/{{key}}", f"/{{key}}/{collection}/{{item}}"))
    )
    assert route.response_model is relation.model
    assert PLATFORM[route.path]["get"]["x-permission"] == relation.permission


@each_relation
def test_a_relation_goes_by_a_field_or_by_a_column_that_exists(one: Told) -> None:
    relation: Relation = one.relation
    assert (relation.named is None) != (relation.naming is None)
    if relation.named is not None:
        assert relation.named in one.model.model_fields
        assert relation.through is None
        return
    between = relation.through
    naming = relation.kind if between is None else between.kind
    assert relation.naming is not None
    assert relation.naming.partition(".")[0] in inspect(naming.row).columns
    if between is not None:
        assert between.column in inspect(between.kind.row).columns
        assert between.own in inspect(relation.kind.row).columns


@each_relation
def test_nothing_hides_what_a_relation_is_called(one: Told) -> None:
    assert "included" not in one.model.model_fields


def test_every_list_and_every_single_resource_can_be_cut_to_some_fields() -> None:
    shaped = [
        route
        for app in APPS.values()
        for route in app.routes
        if isinstance(route, UnitOfWork) and route.shape is not None
    ]
    assert len(shaped) > 160
    for route in shaped:
        given = {p["name"]: p for p in PLATFORM[route.path_format]["get"]["parameters"]}
        assert given["fields"]["schema"]["items"]["enum"] == route.shape.fields
        assert given["fields"]["explode"] is False


@pytest.mark.parametrize("path", ["observations", "maps/{indicator}", "areas/{key}/profile"])
def test_reads_with_forms_of_their_own_are_not_cut(path: str) -> None:
    names = {p["name"] for p in PLATFORM[f"/v1/{{municipality}}/{path}"]["get"]["parameters"]}
    assert not names & {"fields", "include"}
