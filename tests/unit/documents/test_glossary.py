"""Whoever speaks German finds every word of the API in the glossary."""

import importlib
import inspect
import json
import pkgutil
import re
from collections.abc import Iterator
from enum import Enum
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest
from pydantic import BaseModel

import services.contracts
from services.contracts.shared.base import Answer, Request

T = TypeVar("T")
ROOT = Path(__file__).parents[3]
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text("utf-8")
PLATFORM = ROOT / "openapi" / "platform.json"


def declared(kind: type[T]) -> Iterator[type[T]]:
    """Every class of this kind that a module of contracts declares."""
    for module in pkgutil.walk_packages(services.contracts.__path__, "services.contracts."):
        for found in vars(importlib.import_module(module.name)).values():
            its_own = inspect.isclass(found) and found.__module__ == module.name
            if its_own and issubclass(found, kind):
                yield found


@cache
def section(title: str) -> str:
    """The part below a heading."""
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", GLOSSARY, re.MULTILINE | re.DOTALL)
    assert found, f"the glossary has no part {title!r}"
    return found[1]


def words_in(text: str) -> set[str]:
    """Everything that is written as code."""
    return set(re.findall(r"`([^`]+)`", text))


def defined(text: str) -> set[str]:
    """The words in the first column of the tables."""
    return words_in("".join(line.split("|")[1] for line in text.splitlines() if line[:1] == "|"))


@cache
def part_of(enum: str) -> str:
    """What the glossary says of one enum: from its name to the next."""
    found = re.search(rf"^`{enum}`: .*?(?=^`\w+`|^## |\Z)", GLOSSARY, re.MULTILINE | re.DOTALL)
    assert found, f"the glossary does not explain {enum}"
    return found[0]


@pytest.mark.parametrize("enum", list(declared(Enum)), ids=lambda enum: enum.__name__)
def test_every_kind_and_state_has_a_german_word(enum: type[Enum]) -> None:
    assert {value.value for value in enum} - words_in(part_of(enum.__name__)) == set()


@pytest.mark.parametrize("enum", list(declared(Enum)), ids=lambda enum: enum.__name__)
def test_no_value_is_explained_that_does_not_exist(enum: type[Enum]) -> None:
    assert defined(part_of(enum.__name__)) - {value.value for value in enum} == set()


def test_every_field_a_person_fills_in_has_a_german_word() -> None:
    asked = {
        name
        for model in declared(Request)
        if not issubclass(model, Answer) and ".shared." not in model.__module__
        for name in model.model_fields
    }
    assert asked - defined(section("Fields")) == set()


def test_no_field_is_explained_that_does_not_exist() -> None:
    known = {name for model in declared(BaseModel) for name in model.model_fields}
    assert defined(section("Fields")) - known == set()


def test_every_collection_and_action_has_a_german_word() -> None:
    addresses = json.loads(PLATFORM.read_text("utf-8"))["paths"]
    words = {part for address in addresses for part in address.split("/")[2:] if part[:1] != "{"}
    assert words - defined(section("Collections")) - defined(section("Actions and parts")) == set()
    assert defined(section("Collections")) - words == set()
