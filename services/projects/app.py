"""The projects service, put together."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from fastapi import FastAPI

from services.contracts.projects.references import ReferenceResource
from services.kit import app
from services.kit.clients import InProcess, reached
from services.kit.database import one_after_another
from services.kit.following import journal_router
from services.kit.search.keeping import following
from services.kit.search.routes import search_router
from services.kit.search.searching import Searching
from services.kit.settings import Settings
from services.kit.telling.routes import events_router
from services.kit.threads.routes import threads_router
from services.kit.workers import Worker
from services.projects.area_views.routes import area_views
from services.projects.attainments.routes import attainments
from services.projects.booking_imports.routes import booking_imports
from services.projects.booking_mappings.routes import booking_mappings
from services.projects.bookings.routes import bookings
from services.projects.claims.routes import claims
from services.projects.commitments.routes import commitments
from services.projects.due.routes import due
from services.projects.effects import events as effects_events
from services.projects.effects.routes import effects
from services.projects.esf_indicators.routes import esf_indicators
from services.projects.evidence_files.routes import evidence_files
from services.projects.expenditures.routes import expenditures
from services.projects.exports.routes import exports
from services.projects.fields_of_action.routes import fields_of_action
from services.projects.figures.routes import figures
from services.projects.funding_rules.routes import funding_rules
from services.projects.goals.routes import goals
from services.projects.grant_disclosures.routes import grant_disclosures
from services.projects.grants.routes import grants
from services.projects.incomes.routes import incomes
from services.projects.jobs import JOBS
from services.projects.measure_catalogue.routes import measure_catalogue
from services.projects.measures.routes import measures
from services.projects.monitorings.routes import monitorings
from services.projects.named_organisations.routes import named_organisations
from services.projects.notices.routes import notices
from services.projects.obligation_feeds.routes import obligation_feeds
from services.projects.obligations.commands import follow as obligations_follow
from services.projects.obligations.routes import obligations
from services.projects.onward_grants.routes import onward_grants
from services.projects.onward_steps.routes import onward_steps
from services.projects.operation_imports.routes import operation_imports
from services.projects.operation_lists.routes import operation_lists
from services.projects.operations.routes import operations
from services.projects.outcomes.routes import outcomes
from services.projects.participant_counts.routes import participant_counts
from services.projects.participant_erasures.routes import participant_erasures
from services.projects.participant_follow_ups.routes import participant_follow_ups
from services.projects.participants.routes import participants
from services.projects.participation_editions.routes import participation
from services.projects.plan_overlaps.routes import plan_overlaps
from services.projects.plan_trees.routes import plan_trees
from services.projects.planning_cycle.routes import planning_cycle
from services.projects.planning_fields.routes import planning_fields
from services.projects.planning_tasks.routes import planning_tasks
from services.projects.portfolio.routes import portfolio
from services.projects.portfolio_charts.routes import portfolio_charts
from services.projects.portfolio_cliff.routes import portfolio_cliff
from services.projects.portfolio_lights.routes import portfolio_lights
from services.projects.position_gaps.routes import position_gaps
from services.projects.positions.routes import positions
from services.projects.programmes.routes import programmes
from services.projects.projects.routes import projects
from services.projects.proof_drafts.routes import proof_drafts
from services.projects.proofs_of_use.routes import proofs_of_use
from services.projects.recoveries.routes import recoveries
from services.projects.references.events import follower
from services.projects.references.routes import references
from services.projects.relations import RELATIONS
from services.projects.results.routes import results
from services.projects.rule_packs.routes import rule_packs
from services.projects.search.declared import INDEX
from services.projects.spending.routes import spending
from services.projects.staffings.routes import staffings
from services.projects.strategies.routes import strategies
from services.projects.succession.routes import succession
from services.projects.target_groups.routes import target_groups
from services.projects.target_indicators.routes import target_indicators
from services.projects.target_periods.routes import target_periods
from services.projects.target_updates.routes import target_updates
from services.projects.telling import TOLD
from services.projects.threads.queries import tellings
from services.projects.verifications.routes import verifications

DESCRIPTION = """
From strategy to effect: strategies and planning tasks, funding programmes, projects with their
partners and sites, grants with their financing, staff positions, measures and targets of a
municipality (Planung, Förderung, Vorhaben, Zuwendungen, Stellen, Maßnahmen, Ziele).
"""
TAGS = [
    {
        "name": "Programmes",
        "description": "Who gives money for what, and when (Förderprogramme, Richtlinien).",
    },
    {
        "name": "Funding rules",
        "description": "By which figures and clauses programmes fund (Förderregeln, Regelpakete).",
    },
    {
        "name": "Projects",
        "description": "What is done with the money, with whom and where (Vorhaben).",
    },
    {"name": "Grants", "description": "The money for a project, and who pays what (Zuwendungen)."},
    {
        "name": "Notices",
        "description": "The versions of a grant, as the funder issued them (Zuwendungsbescheide).",
    },
    {
        "name": "Onward grants",
        "description": "What the municipality passes on to local bodies (Weiterleitungen).",
    },
    {
        "name": "Money",
        "description": "What was ordered, paid, claimed and checked (Ausgaben, Mittelabrufe).",
    },
    {
        "name": "Evidence files",
        "description": "Files that prove what was paid or reached (Belegdateien).",
    },
    {
        "name": "Figures of grants",
        "description": "What is payable, due, late, left and to be expected (Kennzahlen).",
    },
    {
        "name": "Controlling",
        "description": "All that is funded, by programme, field, area (Portfolio, Controlling).",
    },
    {
        "name": "Proofs of use",
        "description": "What a grant was spent on and what came of it (Verwendungsnachweise).",
    },
    {
        "name": "Bookings",
        "description": "What the finance system says was spent (Buchungen, Haushalt).",
    },
    {
        "name": "Obligations",
        "description": "What is due to whom until when, and by which clause (Pflichten, Fristen).",
    },
    {"name": "Positions", "description": "Staff and the grants that pay for it (Stellen)."},
    {"name": "Measures", "description": "What is done about a need (Maßnahmen)."},
    {
        "name": "Strategies",
        "description": "Strategies and specialist plans with their fields of action and goals "
        "(Strategien, integrierte Fachpläne, Handlungsfelder, Ziele).",
    },
    {
        "name": "Target groups",
        "description": "For whom plans and measures are (Zielgruppen).",
    },
    {
        "name": "Planning fields",
        "description": "What is planned, by which law and by whom (Planungsfelder).",
    },
    {
        "name": "Planning tasks",
        "description": "What a planning coordination has to do (Planungskoordination).",
    },
    {
        "name": "Targets",
        "description": "What projects are to bring about, by what it is measured, and how far it is"
        " (Ergebnisse, Zielwerte, Monitoring).",
    },
    {
        "name": "Participation",
        "description": "Who takes part, as protected counts (Teilnehmende).",
    },
    {
        "name": "Participants",
        "description": "Data of persons where a programme demands them, for case workers alone"
        " (Teilnehmendendaten).",
    },
    {
        "name": "References",
        "description": "Names of the organisations, bodies and areas pointed to (Verweise).",
    },
    {
        "name": "Published operations",
        "description": "Lists of operations as managing authorities publish them (Vorhabenlisten).",
    },
    {
        "name": "Exports",
        "description": "Funded work as open data: Kohesio, 360Giving, IATI (Open Data).",
    },
]
ROUTERS = [
    programmes,
    succession,
    funding_rules,
    rule_packs,
    projects,
    named_organisations,
    grants,
    figures,
    portfolio,
    area_views,
    portfolio_lights,
    portfolio_cliff,
    portfolio_charts,
    notices,
    onward_grants,
    onward_steps,
    expenditures,
    evidence_files,
    verifications,
    commitments,
    claims,
    recoveries,
    incomes,
    proof_drafts,
    proofs_of_use,
    booking_mappings,
    bookings,
    booking_imports,
    spending,
    positions,
    staffings,
    position_gaps,
    measures,
    effects,
    measure_catalogue,
    strategies,
    fields_of_action,
    goals,
    plan_trees,
    plan_overlaps,
    target_groups,
    planning_fields,
    planning_tasks,
    esf_indicators,
    results,
    target_indicators,
    target_periods,
    target_updates,
    attainments,
    monitorings,
    participant_counts,
    participation,
    participant_follow_ups,
    participants,
    participant_erasures,
    operation_lists,
    operation_imports,
    operations,
    grant_disclosures,
    exports,
    planning_cycle,
    obligations,
    obligation_feeds,
    references,
    journal_router(),
    events_router(TOLD),
    due,
    outcomes,
    threads_router(tellings),
]
OWNED = {
    "boards": (
        ReferenceResource.organisations,
        ReferenceResource.bodies,
        ReferenceResource.resolutions,
        ReferenceResource.recommendations,
        ReferenceResource.papers,
        ReferenceResource.meetings,
        ReferenceResource.publications,
    ),
    "indicators": (
        ReferenceResource.areas,
        ReferenceResource.indicators,
        ReferenceResource.findings,
        ReferenceResource.reports,
    ),
}
"""What projects point to, by the service that owns it."""


def create_app(
    settings: Settings,
    database_url: str,
    peers: InProcess | None = None,
) -> FastAPI:
    """The app of the projects service.

    `peers` gives the app of another service in this process, or None where it runs on its own.
    """

    searching = Searching(INDEX, JOBS)

    @asynccontextmanager
    async def neighbours(service: FastAPI) -> AsyncIterator[None]:
        state = service.state
        state.owners, state.followers = {}, []
        async with reached(state, peers, *OWNED) as owners, AsyncExitStack() as stack:
            for peer in owners:
                collections = OWNED[peer.name]
                state.owners.update(dict.fromkeys(collections, peer))
                followers = [follower(peer, state.database, collections)]
                if peer.name == "indicators":
                    followers.append(effects_events.follower(peer, state.database))
                for following in followers:
                    state.followers.append(await stack.enter_async_context(following.running()))
            yield

    return app.service(
        "projects",
        "Planraum projects",
        DESCRIPTION,
        [*ROUTERS, search_router(searching)],
        settings=settings,
        database_url=database_url,
        peers=[neighbours, Worker(JOBS).working, searching.ahead],
        before_commit=one_after_another(obligations_follow, following(INDEX)),
        tags=TAGS,
        relations=RELATIONS,
    )
