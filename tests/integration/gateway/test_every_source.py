"""Each source of deadlines and of outcomes, with something of its own, before two kinds of readers.

The town is built once for all of these tests; none of them changes it.
"""

from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI

from services.boards.due.queries import SOURCES as OF_BOARDS
from services.contracts.shared.deadlines import SOURCE_OF, DeadlineKind
from services.contracts.shared.outcomes import OUTCOME_OF, OutcomeKind
from services.gateway.app import create_app
from services.indicators.due.queries import SOURCES as OF_INDICATORS
from services.kit.days import today
from services.kit.identity import Signer
from services.kit.settings import Settings
from services.projects.due.queries import SOURCES as OF_PROJECTS
from tests.integration.gateway import every_source
from tests.integration.gateway.conftest import Bearer, client_of, opened
from tests.integration.gateway.whole import on
from tests.support.towns import Door, doors_of, new_town, register

Answers = dict[str, dict[str, Any]]
"""Reader -> path -> answer."""


@pytest.fixture(scope="module")
async def told(
    settings: Settings,
    database_url: str,
    apps: dict[str, FastAPI],
    signer: Signer,
    bearer: Bearer,
) -> AsyncIterator[Answers]:
    """Deadlines and overview of the town, as the administration and as everybody reads them."""
    town = new_town()
    doors = doors_of(Door, apps, signer, town)
    gateway = create_app(settings, database_url, apps)
    async with opened(gateway), client_of(gateway) as client:
        await register(client, town, bearer("administrator"))
        await every_source.everything(lambda name, _: doors[name], town, apps)
        readers = {"office": bearer("controller", town=town.key), "public": {}}
        found: Answers = defaultdict(dict)
        for reader, head in readers.items():
            last = today() + timedelta(days=800)
            for name, path in {
                "deadlines": f"deadlines?limit=1000&to={last}",
                "planning-overview": "planning-overview?most=100",
                "short": "planning-overview?most=1",
                "gaps": "gaps?limit=1000",
            }.items():
                answer = await client.get(f"/v1/{town.key}/{path}", headers=head)
                assert answer.status_code == 200, answer.text
                found[reader][name] = answer.json()
        yield found


def due(told: Answers, reader: str) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in told[reader]["deadlines"]["items"]}


@dataclass(frozen=True)
class Source:
    """What one source has for everybody: when, how it stands, and who must act."""

    kind: DeadlineKind
    key: str
    days: int
    state: str
    who: tuple[str, ...]
    what: str
    secret: str | None = None
    """The same that is not for everybody."""
    unnamed: str | None = None
    """The same in the hands of an organisation that is not for everybody to see."""
    office: bool = False
    """The source itself is for the administration alone."""


AMT, NETZ = "organisation:amt", "body:netz"
SOURCES = [
    Source(
        DeadlineKind.meeting,
        "netz-kommt",
        30,
        "open",
        (NETZ,),
        "meeting:netz-kommt",
        secret="geheim-netz-kommt",
    ),
    Source(
        DeadlineKind.invitation,
        "netz-kommt",
        25,
        "open",
        (AMT, NETZ),
        "meeting:netz-kommt",
        secret="geheim-netz-kommt",
        office=True,
    ),
    Source(
        DeadlineKind.implementation,
        "bescheide",
        -3,
        "overdue",
        (AMT,),
        "implementation:bescheide",
        secret="geheim-bescheide",
        unnamed="bescheide-stab",
    ),
    Source(
        DeadlineKind.contribution_answer,
        f"dialog/{on(60)}",
        60,
        "open",
        (NETZ, AMT),
        "participation_process:dialog",
        office=True,
    ),
    Source(
        DeadlineKind.term,
        "membership/m-netz",
        200,
        "open",
        (AMT, NETZ),
        "membership:m-netz",
        secret="membership/geheim-m",
    ),
    Source(
        DeadlineKind.term,
        "legislative_term/wahl",
        90,
        "open",
        (),
        "legislative_term:wahl",
        secret="legislative_term/geheim-wahl",
    ),
    Source(
        DeadlineKind.nomination,
        "leer/amt/vacant/now",
        0,
        "due_soon",
        (AMT, NETZ),
        "seat:leer",
        secret="geheim-leer/amt/vacant/now",
    ),
    Source(
        DeadlineKind.participation,
        "umfrage/closure",
        0,
        "due_soon",
        (NETZ, AMT),
        "participation_process:umfrage",
        secret="geheim-umfrage/closure",
    ),
    Source(
        DeadlineKind.participation,
        "dialog/report",
        15,
        "open",
        (NETZ, AMT),
        "participation_process:dialog",
    ),
    Source(
        DeadlineKind.obligation,
        "jahresgespraech",
        5,
        "due_soon",
        ("account:test:coordination",),
        "obligation:jahresgespraech",
        office=True,
    ),
    Source(
        DeadlineKind.planning_task,
        "bestandsanalyse",
        10,
        "due_soon",
        (AMT,),
        "planning_task:bestandsanalyse",
        secret="geheim-aufgabe",
        unnamed="aufgabe-stab",
    ),
    Source(
        DeadlineKind.target,
        "ziel",
        -2,
        "overdue",
        (AMT,),
        "target_period:ziel",
        secret="geheim-ziel",
        unnamed="ziel-stab",
    ),
    Source(
        DeadlineKind.target,
        "measure/wirkt/kinder/bezirk-a",
        400,
        "open",
        (AMT,),
        "measure:wirkt",
        secret="measure/geheim-wirkt/kinder/bezirk-a",
        unnamed="measure/wirkt-stab/kinder/bezirk-a",
    ),
    Source(
        DeadlineKind.grant_end,
        "bescheid",
        40,
        "open",
        (AMT,),
        "grant:bescheid",
        secret="geheim-grant",
        unnamed="bescheid-stab",
    ),
    Source(
        DeadlineKind.position_end,
        "koordination",
        40,
        "open",
        (AMT,),
        "position:koordination",
        secret="geheim-stelle",
        unnamed="stelle-stab",
    ),
    Source(
        DeadlineKind.measure_end,
        "jobladen",
        20,
        "open",
        (AMT,),
        "measure:jobladen",
        secret="geheim-wirkt",
        unnamed="wirkt-stab",
    ),
    Source(
        DeadlineKind.review,
        "strategie",
        -1,
        "overdue",
        (AMT,),
        "strategy:strategie",
        secret="geheim-plan",
        unnamed="plan-stab",
    ),
    Source(
        DeadlineKind.delivery,
        f"lieferung/{today().year}",
        (every_source.end_of_year() - today()).days + 10,
        "open",
        (AMT,),
        "slot:lieferung",
        office=True,
    ),
]


def named(source: Source) -> str:
    return f"{source.kind}/{source.key}"


each_source = pytest.mark.parametrize("source", SOURCES, ids=named)


def test_no_source_of_deadlines_is_without_something_of_its_own() -> None:
    told = [one.kind for one in (*OF_BOARDS, *OF_INDICATORS, *OF_PROJECTS)]
    assert set(told) == set(DeadlineKind) == {source.kind for source in SOURCES}


@each_source
def test_a_source_tells_when_it_is_due_and_who_must_act(told: Answers, source: Source) -> None:
    one = due(told, "office")[named(source)]
    assert (one["on"], one["days_left"]) == (on(source.days), source.days)
    assert one["state"] == source.state
    assert one["responsible"] == list(source.who)
    assert one["what"] == source.what
    assert one["service"] == SOURCE_OF[source.kind]


@each_source
def test_a_source_tells_everybody_what_they_may_see(told: Answers, source: Source) -> None:
    office, public = due(told, "office"), due(told, "public")
    assert (named(source) in public) is not source.office
    if not source.office:
        assert public[named(source)] == office[named(source)]
    if source.secret is not None:
        secret = f"{source.kind}/{source.secret}"
        assert office[secret]["responsible"] == list(source.who)
        assert secret not in public
    if source.unnamed is not None:
        unnamed = f"{source.kind}/{source.unnamed}"
        assert office[unnamed]["responsible"] == ["organisation:stab"]
        assert public[unnamed]["responsible"] == []


@pytest.mark.parametrize(
    ("id", "days"),
    [
        ("implementation/getan", 3),
        ("invitation/netz-geladen", 35),
        ("measure_end/fertig", 20),
        ("target/measure/fertig/kinder/bezirk-a", 400),
        ("grant_end/fertig", 40),
        ("planning_task/fertig", 10),
        ("obligation/erledigt", 9),
    ],
)
def test_what_was_done_before_its_day_is_done(told: Answers, id: str, days: int) -> None:
    one = due(told, "office")[id]
    assert (one["state"], one["on"]) == ("done", on(days))


def test_what_nobody_may_know_is_nowhere_in_the_list(told: Answers) -> None:
    assert "stab" not in {
        who.partition(":")[2] for one in due(told, "public").values() for who in one["responsible"]
    }
    assert [id for id in due(told, "public") if "geheim" in id] == []


def test_what_was_agreed_is_due_before_its_period_has_begun(told: Answers) -> None:
    """A slot says by when figures come; how often an indicator is published says no day."""
    years = [id for id in due(told, "office") if id.startswith("delivery/")]
    assert years[:2] == [f"delivery/lieferung/{today().year + n}" for n in range(2)]


def test_a_closed_grant_is_asked_for_no_proof_but_for_what_was_agreed_beside(
    told: Answers,
) -> None:
    found = [one for one in due(told, "office").values() if one["kind"] == "obligation"]
    of_closed = [one["what"] for one in found if one["reason"]["en"] == "Grant zu"]
    assert of_closed == ["obligation:nachgespraech"]
    assert "Verwendungsnachweis" in {one["title"]["de"] for one in found}, "of those that are open"
    assert "grant_end/zu" not in due(told, "office"), "it ended long ago"


@dataclass(frozen=True)
class Product:
    """What one source of outcomes has: for everybody, and for the administration alone."""

    kind: OutcomeKind
    step: str
    key: str
    day: str
    secret: str | None


PRODUCTS = [
    Product(OutcomeKind.release, "stocktaking", "release-2", on(0), None),
    Product(
        OutcomeKind.finding,
        "needs_analysis",
        "viele-kinder-bezirk-a-r1",
        on(0),
        "geheim-regel-bezirk-a-r1",
    ),
    Product(OutcomeKind.report, "needs_analysis", "atlas", on(0), "geheim-atlas"),
    Product(OutcomeKind.participation, "needs_analysis", "umfrage", on(0), "geheim-umfrage"),
    Product(OutcomeKind.recommendation, "action_planning", "r-1", "2026-03-10", "geheim-r"),
    Product(OutcomeKind.measure, "action_planning", "wirkt", "2024-01-01", "geheim-wirkt"),
    Product(OutcomeKind.resolution, "legitimation", "b-1", "2026-03-13", "geheim-b"),
    Product(OutcomeKind.implementation, "controlling", "getan", on(0), "geheim-getan"),
    Product(OutcomeKind.effect, "controlling", "wirkt", on(0), "geheim-wirkt"),
    Product(OutcomeKind.meeting, "networking", "netz-war", on(-9), "geheim-netz-war"),
    Product(OutcomeKind.plan, "quality", "strategie", on(0), "geheim-plan"),
    Product(OutcomeKind.paper, "quality", "vorlage-1", on(-2), None),
    Product(OutcomeKind.publication, "reporting", "armutsbericht", on(-8), "geheim-bericht"),
]


def produced(told: Answers, reader: str, step: str) -> dict[tuple[str, str], dict[str, Any]]:
    (found,) = [one for one in told[reader]["planning-overview"]["steps"] if one["step"] == step]
    return {(one["kind"], one["key"]): one for one in found["outcomes"]}


def test_no_kind_of_outcome_is_without_something_of_its_own() -> None:
    assert {product.kind for product in PRODUCTS} == set(OutcomeKind)


@pytest.mark.parametrize("product", PRODUCTS, ids=lambda product: product.kind)
def test_a_step_shows_what_came_of_it_to_whom_may_see_it(told: Answers, product: Product) -> None:
    office, public = (produced(told, who, product.step) for who in ("office", "public"))
    one = office[product.kind, product.key]
    assert (one["on"], one["service"]) == (product.day, OUTCOME_OF[product.kind])
    assert one["origin"] == ("task" if product.kind is OutcomeKind.paper else "kind")
    assert public[product.kind, product.key] == one
    if product.secret is not None:
        assert (product.kind, product.secret) in office
        assert (product.kind, product.secret) not in public


def test_what_is_not_shown_is_counted_of_what_the_reader_may_see(told: Answers) -> None:
    for reader in ("office", "public"):
        whole, short = (told[reader][name]["steps"] for name in ("planning-overview", "short"))
        for all_of_it, cut in zip(whole, short, strict=True):
            outcomes = all_of_it["outcomes"]
            assert (all_of_it["count"], all_of_it["rest"]) == (len(outcomes), [])
            assert (cut["count"], cut["outcomes"]) == (len(outcomes), outcomes[:1])
            assert sum(one["count"] for one in cut["rest"]) == len(outcomes[1:])
            assert cut["overdue"] + cut["due_soon"] == len(all_of_it["due"])
            assert (cut["next"], cut["next_count"]) == (
                all_of_it["next"][:1],
                len(all_of_it["next"]),
            )


def test_the_gaps_of_the_threads_stand_in_the_step_that_is_to_close_them(told: Answers) -> None:
    steps = {one["step"]: one for one in told["office"]["planning-overview"]["steps"]}
    listed = told["office"]["gaps"]["items"]
    assert sorted(
        (gap["kind"], gap["node"]) for one in steps.values() for gap in one["gaps"]
    ) == sorted((gap["kind"], gap["node"]) for gap in listed)
    open_ = {gap["node"] for gap in steps["action_planning"]["gaps"]}
    assert "finding:viele-kinder-bezirk-a-r1" in open_
    assert {gap["node"] for gap in steps["legitimation"]["gaps"]} >= {"recommendation:r-1"}
    (act,) = [
        one
        for one in steps["legitimation"]["next"]
        if one["rule"] == "gap" and one["text"]["en"].startswith("Recommendation")
    ]
    assert act["who"] == ["body:beirat"]
    public = told["public"]["planning-overview"]["steps"]
    assert [one["gap_count"] for one in public] == [0] * len(public)
