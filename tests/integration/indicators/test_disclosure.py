"""What is hidden cannot be calculated from what anybody may read, in whatever form and release."""

from typing import Any

import asyncpg
import pytest

from services.commands import verify
from services.contracts.indicators.disclosure import DisclosureAudit
from tests.integration.indicators.figures import (
    COUNT,
    approved,
    columns,
    equip,
    released,
    second,
    tidy,
)
from tests.integration.indicators.territory import area
from tests.support.towns import Door

DISTRICTS = ("lobeda-west", "winzerla")
PERIOD = "2024-12-31"


def table(
    *rows: tuple[str, int, int], indicator: str = "empfaenger", period: str = PERIOD
) -> bytes:
    """Men, women and all of areas, as a tidy file."""
    lines = []
    for place, men, women in rows:
        lines += [
            f"{place},{period},{indicator},,{men + women}",
            f"{place},{period},{indicator},GESM,{men}",
            f"{place},{period},{indicator},GESW,{women}",
        ]
    return tidy(*lines)


TOWN = (("jena", 63, 59), ("lobeda-west", 40, 30), ("winzerla", 21, 28), ("zentrum", 2, 1))


async def town(door: Door) -> None:
    """Jena with three districts."""
    await equip(door)
    await door.made("/areas", area("zentrum", "statistischer-bezirk", "jena"))


async def shown(door: Door, query: str) -> dict[tuple[str, ...], tuple[Any, str]]:
    """Figures by area and breakdown: value and status."""
    return {(row[0], row[2]): (row[3], row[4]) for row in await columns(door, query)}


async def audited(door: Door, query: str = "") -> DisclosureAudit:
    """The audit by the statistics office."""
    answer = await second(door).get(f"/disclosure/audit{query}")
    assert answer.status_code == 200, answer.text
    return DisclosureAudit.model_validate_json(answer.content)


async def why(door: Door, database_url: str, indicator: str = "empfaenger") -> dict[Any, str]:
    """The stored reasons of what is hidden now."""
    connection = await asyncpg.connect(database_url)
    try:
        rows = await connection.fetch(
            "SELECT area, breakdown, rule FROM indicators.published WHERE municipality_id = $1"
            " AND indicator = $2 AND release_to IS NULL AND status = 'confidential'",
            door.municipality.id,
            indicator,
        )
    finally:
        await connection.close()
    return {(row["area"], row["breakdown"]): row["rule"] for row in rows}


async def test_two_women_of_a_district_are_not_what_the_town_has_more(indicators: Door) -> None:
    await town(indicators)
    await released(indicators, table(("jena", 63, 60), *TOWN[1:3], ("zentrum", 2, 2)))
    figures = await shown(indicators.as_(), "indicator=empfaenger")
    hidden = {place for place, (value, _) in figures.items() if value is None}
    assert {("zentrum", "GES=GESM"), ("zentrum", "GES=GESW")} < hidden
    assert figures["jena", ""] == (123, "normal")
    men = [figures[place, "GES=GESM"][0] for place in ("jena", *DISTRICTS)]
    assert None in men, "the men of the district are the rest of the town's"
    audit = await audited(indicators)
    assert audit.safe
    assert audit.secrets == 2
    assert sum(audit.reasons.values()) == audit.hidden == len(hidden)


async def test_every_form_of_the_answer_hides_the_same(indicators: Door) -> None:
    await town(indicators)
    await released(indicators, table(*TOWN))
    figures = await shown(indicators.as_(), "indicator=empfaenger")
    hidden = {place for place, (value, _) in figures.items() if value is None}
    for door in (indicators.as_(), indicators.as_("member"), indicators.as_("planner")):
        for query in ("", "&as_of=1", "&within=jena", "&breakdown=GES:GESM,GES:GESW,total"):
            found = await shown(door, f"indicator=empfaenger{query}")
            assert {p for p, (v, _) in found.items() if v is None} == hidden & found.keys()
        table_ = (await door.get("/observations?indicator=empfaenger&format=csv")).text
        assert table_.count(",*,confidential,") == len(hidden)
    raw = await columns(second(indicators), "indicator=empfaenger", "/observations/raw")
    assert all(row[3] is not None for row in raw)


async def test_the_audit_is_for_the_statistics_office(indicators: Door) -> None:
    await equip(indicators)
    for role, status in (("planner", 403), ("supplier", 403), ("administrator", 200)):
        assert (await indicators.as_(role).get("/disclosure/audit")).status_code == status
    assert (await indicators.as_().get("/disclosure/audit")).status_code == 401
    audit = await audited(indicators)
    assert (audit.safe, audit.hidden, audit.problems) == (True, 0, [])


async def test_the_audit_finds_what_somebody_opened(indicators: Door, database_url: str) -> None:
    await town(indicators)
    await released(indicators, table(*TOWN))
    assert (await audited(indicators)).safe
    beside = [p for p, rule in (await why(indicators, database_url)).items() if rule == "secondary"]
    connection = await asyncpg.connect(database_url)
    try:
        for place, breakdown in beside:
            await connection.execute(
                "UPDATE indicators.published AS p SET value = o.value, status = 'normal', rule = ''"
                " FROM indicators.observation AS o WHERE p.municipality_id = $1"
                " AND o.municipality_id = $1 AND p.indicator = 'empfaenger' AND p.area = $2"
                " AND p.breakdown = $3 AND (o.indicator, o.area, o.breakdown, o.period)"
                " = (p.indicator, p.area, p.breakdown, p.period)",
                indicators.municipality.id,
                place,
                breakdown,
            )
    finally:
        await connection.close()
    audit = await audited(indicators)
    assert beside
    assert not audit.safe
    assert {one.area for one in audit.problems} == {"zentrum"}
    assert all(one.lower == one.upper for one in audit.problems)


PEOPLE = tidy(
    f"jena,{PERIOD},bevoelkerung,,1000",
    f"lobeda-west,{PERIOD},bevoelkerung,,400",
    f"winzerla,{PERIOD},bevoelkerung,,350",
    f"zentrum,{PERIOD},bevoelkerung,,250",
)
COUNTED = tidy(
    f"jena,{PERIOD},empfaenger,,122",
    f"lobeda-west,{PERIOD},empfaenger,,70",
    f"winzerla,{PERIOD},empfaenger,,50",
    f"zentrum,{PERIOD},empfaenger,,2",
)
SHARES = tidy(
    f"jena,{PERIOD},quote,,12.2",
    f"lobeda-west,{PERIOD},quote,,17.5",
    f"winzerla,{PERIOD},quote,,14.2857",
    f"zentrum,{PERIOD},quote,,0.8",
)


async def test_a_rate_does_not_tell_the_figure_that_is_hidden_beside_a_small_one(
    indicators: Door, database_url: str
) -> None:
    await town(indicators)
    await released(indicators, PEOPLE, COUNTED, SHARES)
    counts = await shown(indicators.as_(), "indicator=empfaenger")
    rates = await shown(indicators.as_(), "indicator=quote")
    hidden = {place for place, (value, _) in counts.items() if value is None}
    assert len(hidden) == 2
    assert hidden == {place for place, (value, _) in rates.items() if value is None}
    reasons = await why(indicators, database_url, "quote")
    assert set(reasons.values()) == {"rate:numerator"}
    assert all(
        value for value, _ in (await shown(indicators.as_(), "indicator=bevoelkerung")).values()
    )
    assert (await audited(indicators)).safe


async def test_a_rate_that_was_opened_is_found_by_the_audit(
    indicators: Door, database_url: str
) -> None:
    await town(indicators)
    await released(indicators, PEOPLE, COUNTED, SHARES)
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute(
            "UPDATE indicators.published SET value = 0.8, status = 'normal', rule = ''"
            " WHERE municipality_id = $1 AND indicator = 'quote' AND area = 'zentrum'",
            indicators.municipality.id,
        )
    finally:
        await connection.close()
    (found,) = (await audited(indicators)).problems
    assert (found.indicator, found.area) == ("empfaenger", "zentrum")
    assert found.lower is not None
    assert found.upper is not None
    assert found.upper - found.lower < 1


async def test_later_releases_do_not_tell_what_an_earlier_one_hid(indicators: Door) -> None:
    await town(indicators)
    await released(indicators, COUNTED)
    ask = "indicator=empfaenger"
    first = await shown(indicators.as_(), ask)
    await released(
        indicators,
        tidy(f"jena,{PERIOD},empfaenger,,130", f"zentrum,{PERIOD},empfaenger,,10"),
    )
    second_ = await shown(indicators.as_(), ask)
    beside = {p for p, (v, _) in first.items() if v is None} - {("zentrum", "")}
    assert {second_[place][0] for place in beside} == {None}
    assert await shown(indicators.as_(), f"{ask}&as_of=1") == first
    audit = await audited(indicators)
    assert audit.safe
    assert (await audited(indicators, "?release=1")).hidden == 2


async def test_a_stricter_rule_also_holds_for_what_was_printed(
    indicators: Door, database_url: str
) -> None:
    await town(indicators)
    counted = COUNTED.replace(b",122", b",124").replace(b",,2\n", b",,4\n")
    await released(indicators, PEOPLE, counted, SHARES)
    ask = "indicator=empfaenger,quote"
    assert all(row[3] is not None for row in await columns(indicators.as_(), ask))
    await indicators.patch("/indicators/empfaenger", {"protection": {"minimum": 5}}, 1)
    await released(indicators, tidy("jena,2030,bevoelkerung,,5000"))
    for as_of in ("", "&as_of=1"):
        found = await columns(indicators.as_(), f"{ask}{as_of}")
        by_area = [row[0] for row in found if row[3] is None]
        assert len(by_area) == 4, "a count beside it, and the rates of both"
        assert by_area.count("zentrum") == 2
    connection = await asyncpg.connect(database_url)
    try:
        rules = await connection.fetch(
            "SELECT DISTINCT rule FROM indicators.published WHERE municipality_id = $1"
            " AND release_to IS NOT NULL AND status = 'confidential'",
            indicators.municipality.id,
        )
    finally:
        await connection.close()
    assert [row["rule"] for row in rules] == ["retracted:2"]
    assert (await audited(indicators)).safe


async def test_a_release_that_would_tell_a_secret_is_refused(indicators: Door) -> None:
    await town(indicators)
    openly = {"kind": "none", "reason": "Published by the state."}
    for key in ("deutsche", "auslaender"):
        await indicators.made("/indicators", {**COUNT, "key": key, "name": {"de": key}})
    await indicators.patch("/indicators/deutsche", {"protection": openly}, 1)
    whole = {**openly, "parts": [["deutsche", "auslaender"]]}
    answer = await indicators.patch("/indicators/bevoelkerung", {"protection": whole}, 1)
    assert answer.status_code == 200, answer.text
    file = tidy(
        f"zentrum,{PERIOD},bevoelkerung,,250",
        f"zentrum,{PERIOD},deutsche,,248",
        f"zentrum,{PERIOD},auslaender,,2",
    )
    key = await approved(indicators, file)
    asked = {"title": {"de": "Stand"}, "deliveries": [key]}
    refused = await indicators.post("/releases", asked)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/unprotectable")
    assert "auslaender of zentrum" in refused.json()["detail"]
    assert await columns(indicators.as_(), "indicator=deutsche") == []
    await indicators.patch("/indicators/deutsche", {"protection": {"kind": "threshold"}}, 2)
    await indicators.made("/releases", asked)
    assert [row[3] for row in await columns(indicators.as_(), "indicator=deutsche")] == [None]


async def test_rounded_figures_are_multiples_and_never_become_zero(
    indicators: Door, database_url: str
) -> None:
    await town(indicators)
    rule = {"kind": "rounding", "base": 5, "reason": "Personalstandstatistik"}
    await indicators.patch("/indicators/empfaenger", {"protection": rule}, 1)
    await released(indicators, PEOPLE, COUNTED, SHARES)
    figures = await shown(indicators.as_(), "indicator=empfaenger")
    assert {place[0]: value for place, (value, _) in figures.items()} == {
        "jena": 120,
        "lobeda-west": 70,
        "winzerla": 50,
        "zentrum": 5,
    }
    rates = await shown(indicators.as_(), "indicator=quote")
    assert rates["winzerla", ""][0] == 10, "one per cent of 350 is less than one step of five"
    assert (await audited(indicators)).safe


async def test_amounts_that_one_contributor_dominates_are_hidden(
    indicators: Door, database_url: str
) -> None:
    await town(indicators)
    for key in ("foerderung", "groesste", "zweitgroesste"):
        new = {**COUNT, "key": key, "name": {"de": key}, "unit": {"de": "Euro"}}
        await indicators.made("/indicators", new)
    rule = {"kind": "p-percent", "percent": 10, "largest": "groesste"}
    unnamed = await indicators.patch("/indicators/foerderung", {"protection": rule}, 1)
    assert unnamed.status_code == 422, "without contributors nobody could apply it"
    rule["second_largest"] = "zweitgroesste"
    answer = await indicators.patch("/indicators/foerderung", {"protection": rule}, 1)
    assert answer.status_code == 200, answer.text
    amounts = {"jena": 9000, "lobeda-west": 4000, "winzerla": 3000, "zentrum": 2000}
    largest = {"jena": 1900, "lobeda-west": 900, "winzerla": 800, "zentrum": 1900}
    next_ = {"jena": 900, "lobeda-west": 800, "winzerla": 700, "zentrum": 50}
    rows = [
        f"{place},{PERIOD},{key},,{value}"
        for key, values in (
            ("foerderung", amounts),
            ("groesste", largest),
            ("zweitgroesste", next_),
        )
        for place, value in values.items()
    ]
    await released(indicators, tidy(*rows))
    reasons = await why(indicators, database_url, "foerderung")
    assert reasons["zentrum", ""] == "p-percent:10"
    assert len(reasons) == 2
    for key in ("groesste", "zweitgroesste"):
        assert all(row[3] is None for row in await columns(indicators.as_(), f"indicator={key}"))
    assert set((await why(indicators, database_url, "groesste")).values()) == {"contributor"}
    assert (await audited(indicators)).safe


async def test_what_is_delivered_protected_is_shown_as_it_is(indicators: Door) -> None:
    await town(indicators)
    rule = {"kind": "as-delivered", "reason": "Cell key method of the census."}
    await indicators.patch("/indicators/empfaenger", {"protection": rule}, 1)
    perturbed = COUNTED.replace(b",122", b",119")
    await released(indicators, perturbed)
    figures = await shown(indicators.as_(), "indicator=empfaenger")
    assert sorted(value for value, _ in figures.values()) == [2, 50, 70, 119]


@pytest.mark.parametrize(
    ("protection", "pointer"),
    [
        ({"kind": "none"}, ""),
        ({"kind": "as-delivered"}, ""),
        ({"kind": "rounding"}, "/protection/base"),
        ({"kind": "rounding", "base": 7}, "/protection/base"),
        ({"kind": "threshold", "base": 5}, "/protection/base"),
        ({"kind": "dominance", "percent": 80, "largest": "quote"}, "/protection/contributors"),
        ({"kind": "dominance", "contributors": 1, "largest": "quote"}, "/protection/percent"),
        ({"kind": "p-percent", "percent": 10}, "/protection/largest"),
        ({"minimum": 1}, "/protection/minimum"),
    ],
)
async def test_a_rule_that_nobody_could_apply_is_refused(
    indicators: Door, protection: dict[str, Any], pointer: str
) -> None:
    await equip(indicators)
    answer = await indicators.patch("/indicators/empfaenger", {"protection": protection}, 1)
    assert answer.status_code == 422, answer.text
    assert any(fault["pointer"].startswith(pointer) for fault in answer.json()["errors"])


async def test_the_command_line_audits_every_town(
    indicators: Door, database_url: str, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    await town(indicators)
    await released(indicators, table(*TOWN))
    key = indicators.municipality.key
    assert await verify.audit(database_url, settings, key) == 0
    assert "safe" in capsys.readouterr().err
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute(
            "UPDATE indicators.published AS p SET value = o.value, status = 'normal', rule = ''"
            " FROM indicators.observation AS o WHERE p.municipality_id = $1"
            " AND o.municipality_id = $1 AND p.status = 'confidential' AND p.area <> 'zentrum'"
            " AND (o.indicator, o.area, o.breakdown, o.period)"
            " = (p.indicator, p.area, p.breakdown, p.period)",
            indicators.municipality.id,
        )
    finally:
        await connection.close()
    assert await verify.audit(database_url, settings, key) > 0
    assert "can be inferred" in capsys.readouterr().err


THOUSANDS = {"jena": 2000, "winzerla": 1000, "zentrum": 1000}
RATES = {"jena": "12.1", "winzerla": "24.0", "zentrum": "0.2"}


async def test_rates_without_counts_do_not_add_up_to_the_hidden_one(
    indicators: Door, database_url: str
) -> None:
    """Rates and inhabitants of the town and all districts but one tell the recipients of that."""
    await town(indicators)
    people = tidy(*(f"{place},{PERIOD},bevoelkerung,,{n}" for place, n in THOUSANDS.items()))
    shares = tidy(*(f"{place},{PERIOD},quote,,{value}" for place, value in RATES.items()))
    await released(indicators, people, shares)
    reasons = await why(indicators, database_url, "quote")
    assert reasons.keys() == {("zentrum", ""), ("winzerla", "")}
    assert reasons["zentrum", ""] == "rate:numerator"
    audit = await audited(indicators)
    assert (audit.safe, audit.secrets) == (True, 1)
    await released(indicators, people.replace(b"jena,2024-12-31,bevoelkerung,,2000", b""))
    assert (await audited(indicators)).safe
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute(
            "UPDATE indicators.published SET value = 24.0, status = 'normal', rule = ''"
            " WHERE municipality_id = $1 AND indicator = 'quote' AND area = 'winzerla'",
            indicators.municipality.id,
        )
    finally:
        await connection.close()
    (found,) = (await audited(indicators)).problems
    assert (found.indicator, found.area) == ("quote", "zentrum")


async def test_coarse_rates_protect_each_other(indicators: Door, database_url: str) -> None:
    """Of 400 inhabitants one per cent are four: the rest of the town is not known that well."""
    await town(indicators)
    await released(indicators, PEOPLE, SHARES)
    reasons = await why(indicators, database_url, "quote")
    assert reasons == {("zentrum", ""): "rate:numerator"}
    assert (await audited(indicators)).safe


RENT = {
    **COUNT,
    "key": "miete",
    "name": {"de": "Durchschnittliche Miete"},
    "unit": {"de": "Euro"},
    "kind": "mean",
    "denominator": "haushalte",
    "decimals": 2,
}
OPENLY = {"kind": "none", "reason": "Published by the state."}
HOUSEHOLDS: dict[str, Any] = {
    **COUNT,
    "key": "haushalte",
    "name": {"de": "Haushalte"},
    "unit": {"de": "Haushalte"},
    "protection": OPENLY,
}
NUMBER = {"jena": 40, "lobeda-west": 20, "winzerla": 18, "zentrum": 2}
RENTS = {"jena": "412.50", "lobeda-west": "400", "winzerla": "380.00", "zentrum": "830.00"}


async def rented(door: Door) -> None:
    """Households, whose number is open, and what they pay on average."""
    await town(door)
    await door.made("/indicators", HOUSEHOLDS)
    await door.made("/indicators", RENT)
    await released(
        door,
        tidy(*(f"{area},{PERIOD},haushalte,,{n}" for area, n in NUMBER.items())),
        tidy(*(f"{area},{PERIOD},miete,,{mean}" for area, mean in RENTS.items())),
    )


async def test_what_two_households_pay_is_not_what_the_town_has_left(
    indicators: Door, database_url: str
) -> None:
    await rented(indicators)
    assert await why(indicators, database_url, "haushalte") == {}
    reasons = await why(indicators, database_url, "miete")
    assert reasons == {("zentrum", ""): "mean:denominator", ("winzerla", ""): "secondary"}
    figures = await shown(indicators.as_(), "indicator=miete")
    assert {where[0] for where, (value, _) in figures.items() if value is None} == {
        "zentrum",
        "winzerla",
    }
    audit = await audited(indicators)
    assert (audit.safe, audit.secrets) == (True, 1)


async def test_a_mean_that_was_opened_is_found_by_the_audit(
    indicators: Door, database_url: str
) -> None:
    await rented(indicators)
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute(
            "UPDATE indicators.published SET value = 380, status = 'normal', rule = ''"
            " WHERE municipality_id = $1 AND indicator = 'miete' AND area = 'winzerla'",
            indicators.municipality.id,
        )
    finally:
        await connection.close()
    audit = await audited(indicators)
    (found,) = audit.problems
    assert (audit.safe, found.indicator, found.area) == (False, "miete", "zentrum")
    assert (found.expected_lower, found.expected_upper) == (0, 2 * 2 * 830)
    assert found.lower is not None
    assert found.upper is not None
    assert 1640 < found.lower <= 1660 <= found.upper < 1680


async def test_a_mean_by_a_formula_is_hidden_with_the_sum_of_a_few(
    indicators: Door, database_url: str
) -> None:
    await town(indicators)
    rents = {**COUNT, "key": "mieten", "name": {"de": "Mieten"}, "unit": {"de": "Euro"}}
    mean = {**RENT, "unit": {"de": "Euro je Haushalt"}, "formula": "{mieten} / {haushalte}"}
    for indicator in (HOUSEHOLDS, rents, {**mean, "denominator": None}):
        await indicators.made("/indicators", indicator)
    sums = {area: round(n * float(RENTS[area])) for area, n in NUMBER.items()}
    await released(
        indicators,
        tidy(*(f"{area},{PERIOD},haushalte,,{n}" for area, n in NUMBER.items())),
        tidy(*(f"{area},{PERIOD},mieten,,{n}" for area, n in sums.items())),
    )
    assert await why(indicators, database_url, "mieten") == {
        ("zentrum", ""): "cases:3",
        ("winzerla", ""): "secondary",
    }
    hidden = await why(indicators, database_url, "miete")
    assert hidden.keys() == {("zentrum", ""), ("winzerla", "")}
    assert (await audited(indicators)).safe
