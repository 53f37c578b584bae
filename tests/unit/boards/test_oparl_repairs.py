"""What real OParl servers get wrong (SD.NET, ALLRIS, SessionNet), and what becomes of it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.boards.harvests.repairs.rules import Repaired, Type, in_order, repaired
from services.boards.harvests.repairs.values import Repair

BASE = "https://ris.example.org/oparl"
_ADDRESS = f"{BASE}/1"


def one(type: str = "Paper", **values: Any) -> Repaired:
    raw = {"id": _ADDRESS, "type": f"https://schema.oparl.org/1.1/{type}", **values}
    found = repaired(raw)
    assert isinstance(found, Repaired)
    return found


def codes(found: Repaired) -> set[tuple[str, str]]:
    return {(repair.code, repair.property) for repair in found.repairs}


def test_what_is_right_is_left_alone() -> None:
    found = one(
        name="Familienzentren",
        reference="0017/2026",
        date="2026-02-16",
        paperType="Beschlussvorlage",
        created="2026-02-16T09:00:00+01:00",
    )
    assert found.repairs == []
    assert found.values["date"] == date(2026, 2, 16)
    assert found.values["created"] == datetime(2026, 2, 16, 8, tzinfo=UTC)


@pytest.mark.parametrize("word", ["N/A", "n/a", "", "   ", "null", "k.A."])
def test_a_word_for_nothing_is_nothing(word: str) -> None:
    found = one(name="Titel", paperType=word)
    assert "paperType" not in found.values
    assert codes(found) == {("empty", "paperType")}


def test_null_is_absent() -> None:
    found = one(name=None)
    assert found.values == {}
    assert codes(found) == {("null", "name")}


def test_a_day_with_a_time_is_that_day_in_germany() -> None:
    found = one(date="2026-02-15T23:30:00Z")
    assert found.values["date"] == date(2026, 2, 16)
    assert codes(found) == {("date_with_time", "date")}


def test_a_german_day_is_understood() -> None:
    found = one(date="16.02.2026")
    assert found.values["date"] == date(2026, 2, 16)
    assert codes(found) == {("german_date", "date")}


def test_a_moment_that_is_only_a_day_begins_with_it() -> None:
    found = one("Meeting", start="2026-02-16")
    assert found.values["start"] == datetime(2026, 2, 15, 23, tzinfo=UTC)
    assert codes(found) == {("day_without_time", "start")}


@pytest.mark.parametrize("said", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59+01:00"])
def test_a_moment_that_programs_write_for_none_is_none(said: str) -> None:
    found = one("Meeting", start=said, created=said)
    assert {"start", "created"}.isdisjoint(found.values)
    assert codes(found) == {("not_understood", "start"), ("not_understood", "created")}


@pytest.mark.parametrize(("said", "order"), [("7", 7), (" 7 ", 7), ("sieben", None), (True, None)])
def test_a_number_may_be_written_as_a_text(said: Any, order: int | None) -> None:
    found = one("AgendaItem", order=said)
    assert found.values.get("order") == order
    told = "not_understood" if order is None else "not_a_number"
    assert codes(found) == {(told, "order")}


def test_a_number_where_a_text_belongs_is_its_digits() -> None:
    found = one(reference=17)
    assert found.values["reference"] == "17"
    assert codes(found) == {("not_a_text", "reference")}


def test_a_text_without_end_is_cut() -> None:
    found = one("AgendaItem", resolutionText="x" * 20_001, result="y" * 20_000)
    assert len(found.values["resolutionText"]) == 20_000
    assert codes(found) == {("too_long", "resolutionText")}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("2026-02-16T09:00:00Z", "z_or_fraction"),
        ("2026-02-16T09:00:00.123+00:00", "z_or_fraction"),
        ("2026-02-16T10:00:00", "no_offset"),
        ("2026-02-16 10:00:00", "no_offset"),
    ],
)
def test_moments_are_understood_however_they_are_written(said: str, code: str) -> None:
    found = one("Meeting", start=said)
    assert found.values["start"].replace(microsecond=0) == datetime(2026, 2, 16, 9, tzinfo=UTC)
    assert codes(found) == {(code, "start")}


def test_what_is_no_day_is_left_out_and_told() -> None:
    found = one(date="demnächst")
    assert "date" not in found.values
    assert codes(found) == {("not_understood", "date")}


def test_the_lost_zero_of_an_official_key_is_put_back() -> None:
    found = one("Body", ags="1053000", rgs="010530000000")
    assert (found.values["ags"], found.values["rgs"]) == ("01053000", "010530000000")
    assert codes(found) == {("lost_zero", "ags")}


def test_an_official_key_may_be_written_in_groups() -> None:
    found = one("Body", ags="01 0 53 000", rgs="0105 3000 0000")
    assert (found.values["ags"], found.values["rgs"]) == ("01053000", "010530000000")


def test_a_key_of_the_wrong_length_is_no_key() -> None:
    assert "ags" not in one("Body", ags="12").values


def test_an_array_for_a_single_object_is_opened() -> None:
    found = one("Organization", location=[{"id": f"{BASE}/l/1", "description": "Rathaus"}])
    assert found.values["location"].text("description") == "Rathaus"
    assert ("array_for_one", "location") in codes(found)


def test_a_single_object_for_an_array_is_one_of_many() -> None:
    file = {"id": f"{BASE}/f/1", "accessUrl": f"{BASE}/f/1.pdf"}
    found = one(auxiliaryFile=file)
    assert [part.id for part in found.values["auxiliaryFile"]] == [file["id"]]
    assert ("one_for_array", "auxiliaryFile") in codes(found)


def test_an_object_where_an_address_belongs_stands_for_its_address() -> None:
    found = one("Consultation", meeting={"id": f"{BASE}/m/1", "name": "Sitzung"})
    assert found.values["meeting"] == f"{BASE}/m/1"
    assert codes(found) == {("object_for_link", "meeting")}


def test_an_address_where_an_object_belongs_stands_for_it() -> None:
    found = one("Organization", location=f"{BASE}/l/1")
    assert found.values["location"].id == f"{BASE}/l/1"
    assert ("link_for_object", "location") in codes(found)


def test_one_address_for_many_is_many() -> None:
    found = one("Meeting", organization=f"{BASE}/o/1")
    assert found.values["organization"] == [f"{BASE}/o/1"]
    assert codes(found) == {("one_for_array", "organization")}


def test_what_was_put_right_inside_is_told_once_and_of_the_object_inside() -> None:
    item = {"id": f"{BASE}/a/1", "type": "AgendaItem", "number": None, "order": "0"}
    found = one("Meeting", agendaItem=[item])
    assert {(repair.code, repair.object) for repair in found.repairs} == {
        ("other_type_address", item["id"]),
        ("null", item["id"]),
        ("not_a_number", item["id"]),
    }
    assert found.values["agendaItem"][0].repairs == []


def test_what_planraum_has_no_place_for_is_told_where_it_says_something() -> None:
    place = {"id": f"{BASE}/l/1", "type": "https://schema.oparl.org/1.1/Location"}
    assert codes(one("Organization", location=place)) == set()
    hall = {**place, "description": "Rathaus"}
    assert codes(one("Organization", location=hall)) == {("not_held", "location")}
    assert codes(one(location=[hall])) == {("not_held", "location")}


def test_names_of_properties_in_snake_case_are_understood() -> None:
    found = one("Organization", short_name="Soz", organization_type="Gremium", shortName="Sozial")
    assert (found.text("shortName"), found.text("organizationType")) == ("Sozial", "Gremium")
    assert codes(found) == {("snake_case", "organizationType")}


def test_control_characters_and_escaped_html_do_not_get_into_names() -> None:
    found = one(name="Kinder\x0b &amp; Jugend\u202e")
    assert found.values["name"] == "Kinder & Jugend"
    assert codes(found) == {("control_characters", "name"), ("html_escaped", "name")}


def test_a_short_name_of_a_file_type_is_a_media_type() -> None:
    found = one("File", mimeType="pdf", fileName="vorlage.pdf.pdf")
    assert found.values["mimeType"] == "application/pdf"
    assert found.values["fileName"] == "vorlage.pdf"
    assert codes(found) == {("not_a_mime_type", "mimeType"), ("double_ending", "fileName")}


@pytest.mark.parametrize("said", ["PDF", ".pdf", ".Pdf"])
def test_an_ending_is_a_media_type_however_it_is_written(said: str) -> None:
    assert one("File", mimeType=said).values["mimeType"] == "application/pdf"


def test_an_unknown_file_type_is_not_invented() -> None:
    assert "mimeType" not in one("File", mimeType="geheim").values


@pytest.mark.parametrize(
    ("said", "means"),
    [
        *(("true", True), ("1", True), ("ja", True), (1, True)),
        *(("false", False), ("0", False), ("Nein", False), (0, False)),
    ],
)
def test_words_for_yes_and_no_are_understood(said: Any, means: bool) -> None:
    found = one("Consultation", authoritative=said)
    assert found.values["authoritative"] is means
    assert codes(found) == {("not_a_boolean", "authoritative")}


def test_a_word_that_is_neither_yes_nor_no_is_left_out() -> None:
    found = one("Consultation", authoritative="vielleicht")
    assert "authoritative" not in found.values
    assert codes(found) == {("not_understood", "authoritative")}


def test_who_is_named_twice_is_there_once() -> None:
    found = one("Meeting", organization=[f"{BASE}/o/1", f"{BASE}/o/2", f"{BASE}/o/1"])
    assert found.values["organization"] == [f"{BASE}/o/1", f"{BASE}/o/2"]
    assert codes(found) == {("named_twice", "organization")}


@pytest.mark.parametrize(
    ("said", "code"),
    [("n/a", "empty"), (" ", "empty"), ("siehe oben", "not_understood"), (7, "not_understood")],
)
def test_what_is_no_address_is_left_out(said: Any, code: str) -> None:
    found = one("Consultation", meeting=said)
    assert "meeting" not in found.values
    assert codes(found) == {(code, "meeting")}


def test_an_address_has_an_end() -> None:
    address = f"{BASE}/{'x' * 2000}"
    assert codes(one("Consultation", meeting=address)) == {("not_understood", "meeting")}


def test_an_object_without_type_is_of_the_type_of_its_list() -> None:
    found = repaired({"id": _ADDRESS, "deleted": True}, Type.paper)
    assert isinstance(found, Repaired)
    assert (found.type, found.deleted, found.values) == (Type.paper, True, {})
    assert codes(found) == {("no_type", "type")}


def test_an_object_without_type_or_list_is_not_taken() -> None:
    assert repaired({"id": _ADDRESS}) == Repair("unknown_type", "type", _ADDRESS)


@pytest.mark.parametrize("said", ["http://oparl.org/schema/1.0/Paper", "Paper", "paper"])
def test_other_ways_to_say_a_type_are_understood(said: str) -> None:
    found = repaired({"id": _ADDRESS, "type": said})
    assert isinstance(found, Repaired)
    assert found.type == Type.paper
    assert codes(found) == {("other_type_address", "type")}


def test_what_was_deleted_keeps_nothing_but_its_address() -> None:
    found = one(name="Personalsache", deleted=True)
    assert found.deleted
    assert found.values == {}


@pytest.mark.parametrize("raw", [None, 5, "Text", ["Liste"]])
def test_what_is_no_object_is_not_taken(raw: Any) -> None:
    assert repaired(raw, Type.paper) == Repair("not_an_object", "", "")


@pytest.mark.parametrize("said", [None, 7, "", "relativ/1", "javascript:alert(1)"])
def test_an_object_without_an_address_is_not_taken(said: Any) -> None:
    assert repaired({"id": said, "type": "Paper"}) == Repair("no_id", "id", "")


def items(*orders: int | None) -> list[Repaired]:
    return [
        Repaired(Type.agenda_item, f"{BASE}/a/{n}", values={} if o is None else {"order": o})
        for n, o in enumerate(orders)
    ]


@pytest.mark.parametrize(
    ("orders", "expected"),
    [
        ((1, 2, 3), [0, 1, 2]),
        ((100001, 100000), [1, 0]),
        ((None, None), [0, 1]),
        ((2, 2, 1), [2, 0, 1]),
    ],
)
def test_an_agenda_is_in_its_order_however_it_is_counted(
    orders: tuple[int | None, ...], expected: list[int]
) -> None:
    placed, repairs = in_order(items(*orders), f"{BASE}/m/1")
    assert [item.id for item in placed] == [f"{BASE}/a/{n}" for n in expected]
    assert [repair.code for repair in repairs] == ["order_not_from_zero"]


def test_an_agenda_counted_from_zero_needs_no_repair() -> None:
    assert in_order(items(0, 1, 2), f"{BASE}/m/1")[1] == []


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
_names = st.sampled_from(
    ["name", "date", "start", "organization", "location", "agendaItem", "consultation", "order",
     "authoritative", "auxiliaryFile", "ags", "public", "deleted", "mimeType", "fileName"]
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.sampled_from(list(Type)), st.dictionaries(_names, _json, max_size=6))
def test_nothing_that_a_server_answers_breaks_the_reading(
    type: Type, values: dict[str, Any]
) -> None:
    found = repaired({**values, "id": _ADDRESS, "type": type.value})
    assert isinstance(found, Repaired)
    for value in found.values.values():
        assert value is not None
        if isinstance(value, str):
            assert value == value.strip()
            assert value
