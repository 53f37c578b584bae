"""What Jena and the Wartburgkreis say they do has its place in the demo."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.contracts.boards.bodies import Mandate
from services.demo.figures import Figure
from services.demo.jena import TOWN as JENA
from services.demo.towns import Town
from services.demo.wartburgkreis import TOWN as WARTBURGKREIS


def found(town: Town, collection: str) -> Mapping[str, Any]:
    return {item.model_dump()["key"]: item for item in town.items(collection)}


def rules(body: str) -> list[Any]:
    return [seat.rule for seat in found(JENA, "seats").values() if seat.body == body]


def sent_by(body: str) -> set[str]:
    return {rule.organisation for rule in rules(body) if rule.kind == "exactly"}


def offices(body: str) -> set[str]:
    return {rule.office["de"] for rule in rules(body) if rule.kind == "ex_officio"}


def categories(body: str) -> set[str]:
    return {rule.label["de"] for rule in rules(body) if rule.kind == "category"}


@pytest.mark.parametrize(
    "name",
    [
        "Dezernat für Familie, Bildung und Soziales",
        "Team Integrierte Sozialplanung",
        "Fachdienst Soziales",
        "Fachdienst Jugend und Bildung",
        "Fachdienst Gesundheit",
        "Fachdienst Jugendhilfe",
        "Büro für Migration und Integration",
        "Gleichstellungsbeauftragte",
        "Team Stadtumbau",
        "Stadtentwicklung und Stadtplanung",
        "Städtische Eigenbetriebe",
        "Zentrales Controlling",
        "jenarbeit",
        "JenaWirtschaft",
        "AWO Regionalverband Mitte-West-Thüringen",
        "Paritätischer Wohlfahrtsverband",
        "Jenaer Bündnis für Familie",
        "Agentur für Arbeit",
        "Institut für Soziologie",
        "Fachbereich Sozialwesen",
        "Deutscher Verein",
        "Freistaat Thüringen",
    ],
)
def test_who_is_named_in_jena_is_in_the_register(name: str) -> None:
    assert any(name in o.name["de"] for o in found(JENA, "organisations").values())


def test_the_programme_advisory_board_advises_on_three_programmes() -> None:
    board = found(JENA, "bodies")["programmbeirat-abi"]
    assert board.mandates == [Mandate.advises]
    assert len(board.subjects) == 3
    advised = [p for p in found(JENA, "projects").values() if board.key in p.advising_bodies]
    assert {p.key for p in advised} == {
        "armutspraevention",
        "integrationsmanagement",
        "bildung-integriert",
    }
    assert sent_by(board.key) == {"jenarbeit"}
    assert categories(board.key) == {
        "Politik",
        "Sozialverbände",
        "Wissenschaft",
        "Wirtschaft",
        "Verwaltung",
    }


def test_the_biwaq_board_has_four_offices_and_four_organisations() -> None:
    board = found(JENA, "bodies")["projektbeirat-biwaq"]
    assert board.coordinated_by == "dezernat-familie-bildung-soziales"
    assert offices(board.key) == {
        "Beauftragte für Migration und Integration",
        "Integrationsmanagement",
        "Beauftragter für Menschen mit Behinderungen",
        "Gleichstellungsbeauftragte",
    }
    assert sent_by(board.key) == {
        "team-stadtumbau",
        "jenarbeit",
        "jenawirtschaft",
        "awo-mitte-west-thueringen",
    }


def test_the_two_job_stores_of_biwaq_are_in_lobeda_and_winzerla() -> None:
    project = found(JENA, "projects")["biwaq"]
    assert {site.area for site in project.sites} == {"lobeda", "winzerla"}
    carried_out = {p.organisation for p in project.partners if p.role == "implementing"}
    assert carried_out == {"jenawirtschaft", "awo-mitte-west-thueringen"}


def test_every_council_group_sits_in_the_lsz_board_and_the_head_of_department_chairs() -> None:
    board = found(JENA, "bodies")["planungsbeirat-lsz"]
    assert [r.organisation_kind for r in rules(board.key) if r.kind == "one_per"] == [
        "council_group"
    ]
    assert sent_by(board.key) == {"paritaetischer", "buendnis-fuer-familie"}
    (chair,) = [s for s in found(JENA, "seats").values() if s.body == board.key and s.chair]
    assert chair.rule.office["de"].startswith("Leitung des Dezernats")
    assert offices(board.key) - {chair.rule.office["de"]} == {
        "Leitung des Fachdienstes Soziales",
        "Leitung des Fachdienstes Jugend und Bildung",
        "Leitung des Fachdienstes Gesundheit",
        "Leitung des Fachdienstes Jugendhilfe",
        "Gleichstellungsbeauftragte",
    }


def test_not_the_board_but_the_social_committee_decides_on_lsz() -> None:
    bodies = found(JENA, "bodies")
    assert bodies["sozialausschuss"].mandates == [Mandate.decides]
    assert bodies["sozialausschuss"].parent == "stadtrat"
    assert bodies["planungsbeirat-lsz"].mandates == [Mandate.advises]


def test_the_steering_group_has_five_tasks_and_everybody_it_names() -> None:
    group = found(JENA, "bodies")["lenkungsgruppe-armutspraevention"]
    assert group.mandates == [Mandate.steers]
    assert len(group.tasks) == 5
    assert offices(group.key) == {
        "Bürgermeister und Dezernent für Familie, Bildung und Soziales",
        "Planungskoordinator",
        "Sozialplanerin",
    }
    assert sent_by(group.key) == {
        "jenawirtschaft",
        "paritaetischer",
        "agentur-fuer-arbeit",
        "jenarbeit",
        "institut-fuer-soziologie",
        "fachbereich-sozialwesen",
    }
    assert categories(group.key) == {"Sozialverbände", "Religionsgemeinschaften"}
    assert [r.kind for r in rules(group.key)].count("one_per") == 1


def test_no_council_group_is_invented() -> None:
    kinds = {o.kind for o in found(JENA, "organisations").values()}
    assert "council_group" not in kinds


def test_eight_fields_work_together_in_the_team() -> None:
    assert offices("team-integrierte-sozialplanung") == {
        "Sozialplanung",
        "Jugendhilfeplanung",
        "Altenhilfeplanung",
        "Beauftragter für Menschen mit Behinderungen",
        "Bildungsmanagement",
        "Bildungsmonitoring",
        "Armutsprävention",
        "Finanzcontrolling",
    }


def test_planning_fields_name_the_law_they_rest_on() -> None:
    fields = found(JENA, "planning-fields")
    assert len(fields) == 9
    law = {key: field.legal_basis for key, field in fields.items() if field.legal_basis}
    assert law == {"jugendhilfeplanung": ["§ 80 SGB VIII"], "altenhilfeplanung": ["§ 71 SGB XII"]}


def test_the_steps_of_social_planning_are_tasks() -> None:
    steps = {t.step for t in found(JENA, "planning-tasks").values() if t.field == "sozialplanung"}
    assert steps == {"stocktaking", "needs_analysis", "action_planning"}


def test_nine_publications_are_known() -> None:
    titles = {p.title["de"] for p in found(JENA, "publications").values()}
    assert len(titles) == 9
    assert {f"Newsletter ABI {issue}" for issue in ("I 2017", "II 2017", "I 2018", "II 2018")} | {
        f"Newsletter ABI I {year}" for year in (2019, 2020, 2021)
    } < titles


def test_five_programmes_fund_jena() -> None:
    assert set(found(JENA, "programmes")) == {
        "armutspraeventionsrichtlinie-2-1",
        "thilik",
        "bildung-integriert",
        "biwaq",
        "lsz",
    }


def test_the_city_council_decides_on_the_poverty_prevention_strategy() -> None:
    strategy = found(JENA, "strategies")["armutspraeventionsstrategie"]
    assert (strategy.deciding_body, strategy.adopted_on) == ("stadtrat", None)


@pytest.mark.parametrize(
    ("town", "grant", "programme", "start", "end", "cost"),
    [
        (
            JENA,
            "armutspraevention-2016",
            "armutspraeventionsrichtlinie-2-1",
            date(2016, 6, 1),
            date(2018, 12, 31),
            "135020.40",
        ),
        (
            JENA,
            "integrationsmanagement-2016",
            "thilik",
            date(2016, 7, 1),
            date(2017, 12, 31),
            "146839.75",
        ),
        (
            WARTBURGKREIS,
            "migration-und-integration-2016",
            "thilik",
            date(2016, 5, 1),
            date(2017, 12, 31),
            "105700.97",
        ),
    ],
)
def test_a_published_grant_is_as_published_and_what_is_unknown_is_null(
    town: Town, grant: str, programme: str, start: date, end: date, cost: str
) -> None:
    granted = found(town, "grants")[grant]
    assert (granted.programme, granted.starts_on, granted.ends_on) == (programme, start, end)
    assert granted.eligible_cost == Decimal(cost)
    assert granted.rate == 80
    assert granted.amount is None
    assert [source.amount for source in granted.sources] == [None]
    assert granted.evidence is not None


def test_the_wartburgkreis_had_one_position_and_then_up_to_four() -> None:
    positions = found(WARTBURGKREIS, "positions").values()
    assert [(p.starts_on, p.ends_on, p.count) for p in positions] == [
        (date(2017, 6, 1), date(2022, 12, 31), 1),
        (date(2023, 1, 1), date(2025, 12, 31), 4),
    ]
    programmes = found(WARTBURGKREIS, "programmes")
    later = programmes["sozialstrategierichtlinie-2-1"]
    assert later.successor_of == "armutspraeventionsrichtlinie-2-1"
    assert [p.max_positions for p in later.periods] == [4]


def test_the_planning_coordination_has_nine_tasks_and_the_kreistag_legitimises() -> None:
    tasks = sorted(found(WARTBURGKREIS, "planning-tasks").values(), key=lambda t: t.position)
    assert [task.step for task in tasks] == [
        "stocktaking",
        "needs_analysis",
        "action_planning",
        "legitimation",
        "controlling",
        "networking",
        "conferences",
        "quality",
        "reporting",
    ]
    assert {task.coordination for task in tasks} == {"planungskoordination"}
    bodies = found(WARTBURGKREIS, "bodies")
    assert bodies["kreistag"].mandates == [Mandate.decides]
    assert bodies["praeventionsnetz"].coordinated_by == "planungskoordination"


def test_the_wartburgkreis_joins_seven_views() -> None:
    fields = {f.name["de"] for f in found(WARTBURGKREIS, "planning-fields").values()}
    assert fields - {"Integrierte Sozialplanung"} == {
        "Gesundheit",
        "Soziales",
        "Integration",
        "Inklusion",
        "Jugend",
        "Alter",
        "Arbeitsmarkt",
    }


@pytest.mark.parametrize(
    ("town", "figure"),
    [
        (JENA, Figure("bevoelkerung", "jena", "2024-12-31", 109_725, {"GES": ""})),
        (JENA, Figure("bevoelkerung", "jena", "2024-12-31", 55_927, {"GES": "GESW"})),
        (JENA, Figure("sgb2-personen", "jena", "2016-12-31", 7_981)),
        (
            WARTBURGKREIS,
            Figure("bevoelkerung", "wartburgkreis", "2024-12-31", 154_957, {"GES": ""}),
        ),
        (WARTBURGKREIS, Figure("sgb2-personen", "eisenach", "2016-12-31", 4_105)),
        (WARTBURGKREIS, Figure("sgb2-personen", "wartburgkreis", "2016-12-31", 5_709)),
    ],
)
def test_a_published_figure_is_there(town: Town, figure: Figure) -> None:
    assert figure in [f for table in town.tables for f in table.figures]


def test_eisenach_ends_on_the_day_on_which_it_joined() -> None:
    eisenach = found(WARTBURGKREIS, "areas")["eisenach"]
    assert eisenach.valid_to == date(2021, 7, 1)
    assert eisenach.parent == "thueringen"
    assert WARTBURGKREIS.later_versions["wartburgkreis"].valid_from == eisenach.valid_to


@pytest.mark.parametrize(("town", "ars"), [(JENA, "160530000000"), (WARTBURGKREIS, "160630000000")])
def test_a_municipality_is_known_by_its_regional_key(town: Town, ars: str) -> None:
    assert town.municipality.id == ars


def test_the_two_job_stores_are_in_the_inventory_without_what_nobody_states() -> None:
    stores = found(JENA, "facilities").values()
    assert {store.area for store in stores} == {"lobeda", "winzerla"}
    for store in stores:
        assert (store.location, store.address, store.capacity) == (None, None, [])
        assert set(store.accessibility.model_dump().values()) == {"unknown"}
