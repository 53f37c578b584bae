"""The demo is data: every key that is named exists, and was made before it is named."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from services.contracts.shared.base import Request
from services.demo.figures import Figure
from services.demo.loader import TOWNS
from services.demo.towns import Town
from services.projects.rule_packs.packs.programmes import PACKS

REFERENCES: Mapping[str, Mapping[str, str]] = {
    "organisations": {"parent": "organisations"},
    "bodies": {
        "parent": "bodies",
        "hosted_by": "organisations",
        "coordinated_by": "organisations",
        "topics": "topics",
    },
    "powers": {"body": "bodies"},
    "seats": {"body": "bodies", "rule.organisation": "organisations"},
    "composition-rules": {"body": "bodies", "rule.seats": "seats"},
    "publications": {"bodies": "bodies", "publisher": "organisations"},
    "programmes": {"funders.organisation": "organisations", "successor_of": "programmes"},
    "projects": {
        "programmes": "programmes",
        "partners.organisation": "organisations",
        "sites.area": "areas",
        "advising_bodies": "bodies",
    },
    "grant-disclosures": {"grant": "grants"},
    "grants": {
        "project": "projects",
        "programme": "programmes",
        "grantee": "organisations",
        "funder": "organisations",
        "sources.organisation": "organisations",
    },
    "positions": {"employer": "organisations", "project": "projects", "funding.grant": "grants"},
    "measures": {
        "project": "projects",
        "strategy": "strategies",
        "goal": "goals",
        "action_plans": "strategies",
        "planning_fields": "planning-fields",
        "areas": "areas",
        "responsible": "organisations",
        "department": "organisations",
        "target_groups": "target-groups",
        "grants": "grants",
        "targets.indicator": "indicators",
        "targets.area": "areas",
    },
    "target-groups": {},
    "strategies": {
        "prepared_by": "organisations",
        "deciding_body": "bodies",
        "planning_fields": "planning-fields",
        "areas": "areas",
        "target_groups": "target-groups",
    },
    "fields-of-action": {"strategy": "strategies"},
    "goals": {"strategy": "strategies", "field_of_action": "fields-of-action"},
    "planning-fields": {"responsible": "organisations"},
    "planning-tasks": {"coordination": "organisations", "field": "planning-fields"},
    "areas": {"level": "area-levels", "parent": "areas"},
    "crosswalks": {"moves.from_area": "areas", "moves.to_area": "areas"},
    "topics": {"parent": "topics"},
    "indicators": {"numerator": "indicators", "denominator": "indicators", "topic": "topics"},
    "area-levels": {},
    "indices": {
        "level": "area-levels",
        "topic": "topics",
        "components.indicator": "indicators",
    },
    "needs-rules": {
        "level": "area-levels",
        "topic": "topics",
        "conditions.indicator": "indicators",
        "conditions.reference_area": "areas",
        "responsible": "organisations",
    },
    "facility-kinds": {"need.indicator": "indicators"},
    "facilities": {"kind": "facility-kinds", "area": "areas"},
}


def named(value: Any, path: str) -> Iterator[str]:
    """The keys at a path such as `partners.organisation`."""
    first, _, rest = path.partition(".")
    below = value.get(first) if isinstance(value, dict) else None
    for part in below if isinstance(below, list) else [below]:
        if rest:
            yield from named(part, rest)
        elif part is not None:
            yield part


def everything(town: Town) -> Iterator[tuple[str, Request]]:
    return ((r.collection, item) for r in town.resources for item in r.items)


@pytest.mark.parametrize("town", TOWNS, ids=lambda town: town.key)
def test_everything_that_is_named_was_made_before(town: Town) -> None:
    made: set[tuple[str, str]] = set()
    for collection, item in everything(town):
        data = item.model_dump(mode="json")
        for path, target in REFERENCES[collection].items():
            for key in named(data, path):
                assert (target, key) in made, f"{collection}/{data['key']} names {target}/{key}"
        assert (collection, data["key"]) not in made, f"{collection}/{data['key']} is made twice"
        made.add((collection, data["key"]))


@pytest.mark.parametrize("town", TOWNS, ids=lambda town: town.key)
def test_every_figure_has_its_indicator_and_its_area_and_stands_once(town: Town) -> None:
    indicators = {
        i.model_dump()["key"] for i in town.items("indicators") if not i.model_dump()["computed"]
    }
    areas = {a.model_dump()["key"] for a in town.items("areas")}
    places = [_place(figure) for table in town.tables for figure in table.figures]
    assert {indicator for indicator, *_ in places} == indicators
    assert {area for _, area, *_ in places} <= areas
    assert len(set(places)) == len(places)


def _place(figure: Figure) -> tuple[str, ...]:
    return (figure.indicator, figure.area, figure.period, str(sorted(figure.breakdown.items())))


@pytest.mark.parametrize("town", TOWNS, ids=lambda town: town.key)
def test_every_shape_is_a_tile_and_says_so(town: Town) -> None:
    areas = [area.model_dump(mode="json") for area in town.items("areas")]
    areas += [version.model_dump(mode="json") for version in town.later_versions.values()]
    for area in areas:
        (ring,) = area["geometry"]["coordinates"]
        assert area["geometry_is_schematic"]
        assert len(ring) == 5
        assert ring[0] == ring[-1]
        assert ring[0][0] < ring[1][0]
        assert ring[1][1] < ring[2][1]


@pytest.mark.parametrize("town", TOWNS, ids=lambda town: town.key)
def test_nobody_can_be_called_or_written_to(town: Town) -> None:
    for collection, item in everything(town):
        text = item.model_dump_json()
        assert "@" not in text, collection
        assert not re.search(r"\b0\d{3,5}[ /-]\d", text), text
        assert not re.search(r"\b(Dr|Herr|Frau|Mr|Mrs)\b\.? [A-Z]", text), text
    assert not town.items("persons")
    assert not town.items("memberships")


@pytest.mark.parametrize("town", TOWNS, ids=lambda town: town.key)
def test_names_that_are_more_than_a_proper_name_are_in_english_too(town: Town) -> None:
    for collection in ("bodies", "planning-fields", "planning-tasks", "indicators", "area-levels"):
        for item in town.items(collection):
            data = item.model_dump()
            assert "en" in (data.get("name") or data.get("title")), data["key"]


def test_reports_name_what_there_is_and_say_that_they_are_examples() -> None:
    (town,) = [town for town in TOWNS if town.reports]
    computed = {f"{index.model_dump()['key']}-status" for index in town.items("indices")}
    indicators = computed | {i.model_dump()["key"] for i in town.items("indicators")}
    levels = {level.model_dump()["key"] for level in town.items("area-levels")}
    for report in town.reports:
        assert {key for chapter in report.chapters for key in chapter.indicators} <= indicators
        assert report.level in levels
        assert "Beispiel der Demo" in (report.foreword or {})["de"]
    for made in (*town.items("indices"), *town.items("needs-rules")):
        assert "Beispiel der Demo" in made.model_dump()["description"]["de"]


def test_what_a_rule_finds_is_for_somebody_to_see_to() -> None:
    """Else the list of gaps names nobody who is to act."""
    rules = [rule.model_dump() for town in TOWNS for rule in town.items("needs-rules")]
    assert rules
    assert [rule["key"] for rule in rules if rule["responsible"] is None] == []


@pytest.mark.parametrize("town", TOWNS, ids=lambda town: town.key)
def test_a_table_is_the_same_file_every_time(town: Town) -> None:
    for table in town.tables:
        assert table.tidy() == table.tidy()
        assert len(table.tidy().splitlines()) == len(table.figures) + 1


@pytest.mark.parametrize("town", TOWNS, ids=lambda town: town.key)
def test_every_programme_has_a_pack_of_rules(town: Town) -> None:
    programmes = {item.model_dump()["key"] for item in town.items("programmes")}
    assert set(town.rule_packs) == programmes <= set(PACKS)


@pytest.mark.parametrize("town", TOWNS, ids=lambda town: town.key)
def test_no_grant_of_a_project_that_is_completed_is_open(town: Town) -> None:
    """Else the calendar would ask for proofs of years ago."""
    projects = [one.model_dump() for one in town.items("projects")]
    completed = {one["key"] for one in projects if one["state"] == "completed"}
    grants = [one.model_dump() for one in town.items("grants")]
    states = {one["key"]: one["state"] for one in grants if one["project"] in completed}
    assert len(states) >= 3
    assert set(states.values()) == {"closed"}
