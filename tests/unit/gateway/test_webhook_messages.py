"""The API document says what receivers of webhooks get: every type, with an example."""

import re

import pytest
from jsonschema import Draft202012Validator

from services.commands.openapi import committed
from services.contracts.shared.event_types import TESTED, TYPES
from services.contracts.shared.events import Event

PLATFORM = committed()["platform"]
MESSAGES = {name: item["post"] for name, item in PLATFORM["webhooks"].items()}
EXAMPLES = {
    type: example["value"]
    for message in MESSAGES.values()
    for type, example in message["requestBody"]["content"]["application/cloudevents+json"][
        "examples"
    ].items()
}


def test_every_type_has_an_example_and_the_schema_names_every_type() -> None:
    assert EXAMPLES.keys() == {*TYPES, TESTED}
    named = PLATFORM["components"]["schemas"]["Event"]["properties"]["type"]["enum"]
    assert sorted(named) == sorted(EXAMPLES)
    assert len(TYPES) == len(set(TYPES)) > 150


def test_every_example_is_an_event_of_its_type() -> None:
    schema = {"$ref": "#/components/schemas/Event", "components": PLATFORM["components"]}
    validator = Draft202012Validator(schema)
    for type, example in EXAMPLES.items():
        validator.validate(example)
        event = Event.model_validate(example)
        assert event.model_dump(mode="json") == example
        assert (event.type, event.cursor) == (type, None)
        assert re.fullmatch(r"[a-z/-]+/beispiel", event.subject)


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_names_what_its_signature_is_checked_with(name: str) -> None:
    headers = {one["name"] for one in MESSAGES[name]["parameters"]}
    assert headers == {"webhook-id", "webhook-timestamp", "webhook-signature"}
    assert MESSAGES[name]["tags"] == ["Webhooks"]
    assert MESSAGES[name]["security"] == []
