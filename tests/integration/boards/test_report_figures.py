"""What is bound into reports: figures with their reasons, tables, drawings, measures, releases."""

from typing import Any

import pytest

from services.kit.days import today
from tests.integration.boards.deciding import a_recommendation, a_resolution, bodies, voted
from tests.integration.boards.reporting import REPORT, a_report, handed_in
from tests.integration.indicators.figures import equip, released, tidy
from tests.integration.indicators.test_reports import FIRST
from tests.support.copies import copied
from tests.support.towns import Door


@pytest.fixture
@copied
async def office(boards: Door, indicators: Door) -> Door:
    """A town with figures of its districts, one of them hidden."""
    await equip(indicators)
    await released(indicators, FIRST)
    return boards


async def bound(door: Door, *texts: str, **more: Any) -> dict[str, Any]:
    """What the bindings of an edition stand for."""
    await door.made("/coordinated-reports", a_report(*texts, **more))
    edition = await handed_in(door)
    told = (await door.get(f"{REPORT}/editions/{edition['number']}")).json()
    found: dict[str, Any] = told["content"]["bindings"]
    return found


async def page(door: Door, lang: str = "de") -> str:
    answer = await door.get(f"{REPORT}/editions/1/document?format=html&lang={lang}")
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_a_hidden_figure_says_why_and_is_never_a_zero(office: Door) -> None:
    wording = "indicator:empfaenger/lobeda-west@release"
    found = await bound(office, f"Es sind {{{{{wording}}}}}.")
    (figure,) = found[wording]["figures"]
    assert (figure["value"], figure["status"]) == (None, "confidential")
    assert figure["reason"] == "threshold:3"
    assert (
        "Es sind keine Angabe (aus Gründen der statistischen Geheimhaltung nicht ausgewiesen)."
        in await page(office)
    )
    assert "no figure (hidden to protect individuals)" in await page(office, "en")


async def test_a_table_of_one_indicator_has_areas_and_periods(office: Door) -> None:
    await bound(office, "{{table:bevoelkerung; level=statistischer-bezirk}}")
    told = await page(office)
    assert '<th scope="col" class="n">2023</th><th scope="col" class="n">2024</th>' in told
    assert '<th scope="row">Winzerla</th><td class="n">12.066</td><td class="n">12.080</td>' in told


async def test_a_table_of_several_indicators_compares_areas_and_explains_signs(
    office: Door,
) -> None:
    await bound(office, "{{table:bevoelkerung,empfaenger/winzerla,lobeda-west,jena}}")
    told = await page(office)
    rows = told[told.index("<tbody>") : told.index("</tbody>")]
    assert rows.index("Winzerla") < rows.index("Lobeda-West") < rows.index(">Jena<")
    assert '<th scope="row">Lobeda-West</th><td class="n">10.502</td><td class="n">*</td>' in told
    assert '<th scope="row">Jena</th><td class="n">111.191</td><td class="n">–</td>' in told
    assert "* aus Gründen der statistischen Geheimhaltung nicht ausgewiesen" in told
    assert "– keine Angabe geliefert" in told


@pytest.mark.parametrize(
    "wording",
    [
        "chart:bevoelkerung/winzerla,lobeda-west@release",
        "chart:bevoelkerung@release; kind=ranking; level=statistischer-bezirk",
        "map:bevoelkerung@release; level=statistischer-bezirk",
    ],
)
async def test_a_drawing_is_kept_in_both_languages_with_its_words(
    office: Door, indicators: Door, wording: str
) -> None:
    found = await bound(office, f"{{{{{wording}}}}}")
    picture = found[wording]["picture"]
    for lang, name in (("de", "Bevölkerung"), ("en", "Population")):
        assert picture["svg"][lang].startswith("<svg")
        assert name in picture["alt"][lang]
        assert name in picture["caption"][lang]
    before = await page(office)
    assert picture["svg"]["de"] in before
    assert 'role="img" aria-label="' in before
    await released(indicators, tidy("winzerla,2024,bevoelkerung,,1"))
    assert await page(office) == before


async def test_an_older_release_can_be_named(office: Door, indicators: Door) -> None:
    await released(indicators, tidy("winzerla,2024,bevoelkerung,,12099"))
    now, then = "indicator:bevoelkerung/winzerla@release", "indicator:bevoelkerung/winzerla@1"
    found = await bound(office, f"{{{{{now}}}}} statt {{{{{then}}}}}", release=2)
    values = [
        (found[one]["figures"][0]["value"], found[one]["figures"][0]["release"])
        for one in (now, then)
    ]
    assert values == [(12099, 2), (12080, 1)]


async def test_releases_are_those_up_to_the_reports_own(office: Door, indicators: Door) -> None:
    await released(indicators, tidy("winzerla,2024,bevoelkerung,,12099"))
    found = await bound(
        office, "{{releases:since=last}}", on=today().isoformat(), since="2020-01-01"
    )
    entries = found["releases:since=last"]["entries"]
    assert [one["reference"] for one in entries] == ["1"]


async def test_evidence_is_attached_as_it_was_kept(office: Door, indicators: Door) -> None:
    await bodies(office, "stadtrat")
    vote = await voted(office, "stadtrat")
    named = {"indicator": "bevoelkerung", "area": "winzerla", "period": "2024", "breakdown": ""}
    await office.made("/resolutions", a_resolution(vote, key="b-1", evidence=[named]))
    await released(indicators, tidy("winzerla,2024,bevoelkerung,,12099"))
    found = await bound(office, "{{evidence:resolution=b-1}}", release=2)
    (figure,) = found["evidence:resolution=b-1"]["figures"]
    assert (figure["value"], figure["release"], figure["area_name"]) == (
        12080,
        1,
        {"de": "Winzerla"},
    )
    assert "12.080" in await page(office)


async def test_measures_are_those_that_the_readers_may_see(office: Door, projects: Door) -> None:
    await office.made(
        "/organisations", {"key": "amt", "name": {"de": "Amt"}, "kind": "administration"}
    )
    strategy = {"key": "armut", "title": {"de": "Strategie"}, "kind": "strategy"}
    await projects.made("/strategies", {**strategy, "prepared_by": "amt"})
    for key, more in (
        ("jobladen", {"starts_on": "2026-02-01", "state": "running"}),
        ("intern", {"visibility": "administration", "starts_on": "2026-02-01"}),
        ("alt", {"starts_on": "2020-01-01"}),
    ):
        measure = {"key": key, "title": {"de": key.title()}, "strategy": "armut", **more}
        await projects.made("/measures", measure)
    found = await bound(office, "{{measures:strategy=armut; since=2025-06-30}}\n\n{{measures}}")
    new = found["measures:since=2025-06-30; strategy=armut"]["entries"]
    assert [(one["key"], one["state"]) for one in new] == [("jobladen", "running")]
    assert {one["key"] for one in found["measures"]["entries"]} == {"jobladen", "alt"}


async def test_a_report_without_chapters_begins_with_those_of_its_template(
    office: Door, projects: Door
) -> None:
    names = [one["kind"] for one in (await office.as_().get("/report-templates")).json()]
    assert names == [
        "poverty_report",
        "living_conditions",
        "newsletter",
        "progress",
        "decision_paper",
    ]
    await bodies(office, "beirat")
    strategy = {"key": "armut", "title": {"de": "Strategie"}, "kind": "strategy"}
    await projects.made("/strategies", {**strategy, "prepared_by": "amt"})
    about = {
        "body": "beirat",
        "strategy": "armut",
        "level": "statistischer-bezirk",
        "indicators": ["bevoelkerung"],
    }
    found = await bound(office, **about)
    assert "map:bevoelkerung@release; level=statistischer-bezirk" in found
    assert found["findings:level=statistischer-bezirk"]["entries"] == []
    told = await page(office)
    for words in (
        "<h2",
        "Bevölkerung",
        "Keine Befunde.",
        "Keine Empfehlungen.",
        "Keine Maßnahmen.",
    ):
        assert words in told
    refused = await office.post("/coordinated-reports", a_report(key="leer"))
    pointers = [one["pointer"] for one in refused.json()["errors"]]
    assert pointers == ["/body", "/strategy", "/level", "/indicators"]


async def test_a_decision_paper_brings_its_evidence(office: Door) -> None:
    await bodies(office, "beirat", "stadtrat")
    vote = await voted(office, "beirat")
    named = {"indicator": "bevoelkerung", "area": "winzerla", "period": "2024", "breakdown": ""}
    words = {"de": "Der Beirat empfiehlt es.\n\n" + "Weil es Familien hilft. " * 60}
    await office.made("/recommendations", a_recommendation(vote, evidence=[named], text=words))
    about = {"kind": "decision_paper", "body": "stadtrat", "recommendation": "r-1"}
    found = await bound(office, **about)
    assert [one["key"] for one in found["recommendations:key=r-1"]["entries"]] == ["r-1"]
    assert found["evidence:recommendation=r-1"]["figures"][0]["value"] == 12080
    assert "<p>Der Beirat empfiehlt es.</p>" in await page(office)
    wrong = a_report(key="anders", **{**about, "recommendation": "r-2"})
    refused = await office.post("/coordinated-reports", wrong)
    assert refused.json()["errors"][0]["pointer"] == "/recommendation"


async def test_gaps_are_those_that_the_readers_may_know_of(office: Door, projects: Door) -> None:
    await bodies(office, "beirat", "stadtrat")
    vote = await voted(office, "beirat")
    await office.made("/recommendations", a_recommendation(vote, key="offen"))
    other = await voted(office, "beirat", "b")
    secret = a_recommendation(other, key="geheim", visibility="administration")
    await office.made("/recommendations", secret)
    measure = {"key": "jobladen", "title": {"de": "Jobladen"}, "state": "running"}
    await projects.made("/measures", {**measure, "starts_on": "2026-02-01"})
    found = await bound(office, "{{gaps}}\n\n{{gaps:kind=measure_without_money}}")
    assert {one["key"] for one in found["gaps"]["entries"]} == {
        "recommendation_undecided recommendation:offen",
        "measure_without_money measure:jobladen",
    }
    of_kind = found["gaps:kind=measure_without_money"]["entries"]
    assert [one["title"]["de"] for one in of_kind] == ["Jobladen"]
    told = await page(office)
    assert "<td>Empfehlung ohne Beschluss</td>" in told


async def test_an_indicator_that_is_late_is_compared_with_its_own_newest_figures(
    office: Door, indicators: Door
) -> None:
    await released(indicators, tidy("winzerla,2025,bevoelkerung,,12500"))
    wording = "table:bevoelkerung,empfaenger/winzerla@release"
    found = await bound(office, f"{{{{{wording}}}}}", release=2)
    told = [(one["indicator"], one["period"]) for one in found[wording]["figures"]]
    assert told == [("bevoelkerung", "2025"), ("empfaenger", "2024")]


async def test_a_report_for_members_shows_what_members_see(office: Door) -> None:
    await bodies(office, "beirat")
    for place, visibility in (("a", "public"), ("b", "members"), ("c", "administration")):
        vote = await voted(office, "beirat", place)
        said = a_recommendation(vote, key=f"r-{visibility}", visibility=visibility)
        await office.made("/recommendations", said)
    found = await bound(office, "{{recommendations}}", audience="members")
    keys = {one["key"] for one in found["recommendations"]["entries"]}
    assert keys == {"r-public", "r-members"}


async def test_targets_and_effects_of_measures_are_bound_in(
    office: Door, indicators: Door, projects: Door
) -> None:
    target = {"indicator": "bevoelkerung", "area": "winzerla", "direction": "increase"}
    other = {"indicator": "empfaenger", "area": "lobeda-west", "direction": "decrease"}
    measure = {
        "key": "jobladen",
        "title": {"de": "Jobladen"},
        "state": "running",
        "starts_on": "2024-01-01",
        "targets": [{**target, "target_value": "12100", "due_on": "2027-12-31"}, other],
    }
    await projects.made("/measures", measure)
    secret = {**measure, "key": "intern", "visibility": "administration"}
    await projects.made("/measures", secret)
    await projects.made("/measures", {"key": "ohne", "title": {"de": "Ohne Ziele"}})
    found = await bound(office, "{{targets}}\n\n{{effects:measure=jobladen}}")
    wanted = [
        (one["measure"], one["indicator"], one["outcome"]) for one in found["targets"]["targets"]
    ]
    assert wanted == [("jobladen", "bevoelkerung", None), ("jobladen", "empfaenger", None)]
    grown, hidden = found["effects:measure=jobladen"]["targets"]
    assert (grown["before"]["value"], grown["after"]["value"]) == ("12066", "12080")
    assert (grown["change"], grown["outcome"]) == ("14", "as_wanted")
    assert hidden["outcome"] == "unknown"
    told = await page(office)
    for cells in (
        "<td>Bevölkerung (Personen), Winzerla</td><td></td><td>steigern: 12.100</td>",
        "<td>12.066 (2023)</td><td>12.080 (2024)</td><td>+14</td><td>wie gewollt</td>",
    ):
        assert cells in told
    assert "muss nicht durch sie geändert worden sein" in told
    assert "as wanted" in await page(office, "en")
    await released(indicators, tidy("winzerla,2025,bevoelkerung,,11000"))
    report = a_report("{{effects:measure=jobladen}}", key="spaeter", release=1)
    await office.made("/coordinated-reports", report)
    draft = await office.get("/coordinated-reports/spaeter/draft", params={"format": "html"})
    assert "11.000" not in draft.text
