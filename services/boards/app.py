"""The boards service, put together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from services.boards.acts.routes import acts
from services.boards.agendas.routes import agenda_items, agendas
from services.boards.amendments.routes import amendments
from services.boards.answers.routes import answers
from services.boards.attendances.routes import attendances
from services.boards.board_pages.routes import board_pages
from services.boards.bodies.routes import bodies
from services.boards.calendars.routes import calendars
from services.boards.composition.routes import composition
from services.boards.composition_rules.routes import composition_rules
from services.boards.consultations.routes import consultations
from services.boards.contents.routes import contents
from services.boards.contribution_imports.routes import contribution_imports
from services.boards.contributions.routes import contributions
from services.boards.coordinated_reports.routes import coordinated_reports
from services.boards.due.routes import due
from services.boards.erasures.routes import erasures
from services.boards.evidences.routes import evidences
from services.boards.exclusions.routes import exclusions
from services.boards.feedback.routes import feedback
from services.boards.feeds.routes import feeds
from services.boards.files.routes import files
from services.boards.forecasts.routes import forecasts
from services.boards.funded import events as funded_events
from services.boards.harvests.batches.routes import batches
from services.boards.harvests.sources.routes import sources
from services.boards.implementations.routes import implementations
from services.boards.invitations.routes import invitations
from services.boards.jobs import JOBS
from services.boards.legislative_terms.routes import legislative_terms
from services.boards.meetings.routes import meetings
from services.boards.memberships.routes import memberships
from services.boards.minutes.routes import minutes
from services.boards.neighbours import Neighbours
from services.boards.nominations.routes import nominations
from services.boards.oparl import commands as public_side
from services.boards.oparl.routes import elsewhere, oparl
from services.boards.oparl_profile.routes import oparl_profile
from services.boards.organisations.routes import organisations
from services.boards.outcomes.routes import outcomes
from services.boards.papers.routes import papers
from services.boards.participation.routes import participation
from services.boards.persons.routes import persons
from services.boards.powers.routes import powers
from services.boards.procedures.routes import procedures
from services.boards.publication_versions.routes import publication_versions
from services.boards.publications.routes import publications
from services.boards.recommendations.routes import recommendations
from services.boards.relations import RELATIONS
from services.boards.report_chapters import commands as report_chapters
from services.boards.report_differences.routes import report_differences
from services.boards.report_editions.routes import editions, report_editions
from services.boards.report_making.routes import report_making
from services.boards.report_templates.routes import report_templates
from services.boards.resolutions.routes import resolutions
from services.boards.search.declared import INDEX
from services.boards.seats.routes import seats
from services.boards.series.routes import series
from services.boards.statements.routes import statements
from services.boards.telling import TOLD
from services.boards.threads.queries import in_charges, tellings
from services.boards.versions.routes import versions
from services.boards.votes.routes import votes
from services.boards.way.routes import way
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

DESCRIPTION = """
Who advises, who decides and who steers: organisations, bodies with their composition, seats,
members, meetings, papers and publications of a municipality (Gremien, Sitzungen, Drucksachen,
Veröffentlichungen).
"""
TAGS = [
    {
        "name": "Organisations",
        "description": "Who sends members, runs offers, funds (Organisationen).",
    },
    {
        "name": "Bodies",
        "description": "Councils, committees, advisory boards, networks: mandate, subjects, tasks "
        "and how their seats are filled (Gremien, Besetzung).",
    },
    {
        "name": "Seats",
        "description": "The places of a body, and the rules by which they are filled, each for "
        "itself and all together (Sitze, Besetzungsregeln).",
    },
    {
        "name": "Persons",
        "description": "Who sits in bodies; hidden unless said otherwise (Personen).",
    },
    {
        "name": "Memberships",
        "description": "Who is what in which body, for whom and how long (Mitgliedschaften).",
    },
    {
        "name": "Meetings",
        "description": "Meetings of bodies and their agendas (Sitzungen, Tagesordnungen).",
    },
    {
        "name": "Procedures",
        "description": "By which rules bodies invite, meet and vote (Geschäftsordnungen).",
    },
    {
        "name": "Attendance",
        "description": "Who was there, when, and for whom (Anwesenheit).",
    },
    {
        "name": "Exclusions",
        "description": "Who takes no part for a conflict of interest (Befangenheit).",
    },
    {
        "name": "Votes",
        "description": "Questions put to the vote, quorum and outcome (Abstimmungen).",
    },
    {
        "name": "Minutes",
        "description": "What happened at a meeting, and its approval (Niederschriften).",
    },
    {
        "name": "Papers",
        "description": "What bodies hear, advise on and decide, and in which order (Drucksachen, "
        "Beratungsfolgen).",
    },
    {
        "name": "Resolutions",
        "description": "What bodies recommend and decide, on what it rests and what becomes of it "
        "(Empfehlungen, Beschlüsse, Beschlusskontrolle).",
    },
    {
        "name": "OParl sources",
        "description": "Council information systems that are read, and what was found in them "
        "(Ratsinformationssysteme).",
    },
    {
        "name": "Powers",
        "description": "What a body may do beyond advising, by which rule, and what it did "
        "(Befugnisse).",
    },
    {
        "name": "Publications",
        "description": "Reports, strategies, newsletters of bodies (Veröffentlichungen).",
    },
    {
        "name": "Coordinated reports",
        "description": "Reports of chapters with figures, pictures and lists bound into them, "
        "reviewed, approved and published in editions (Koordinierte Berichte).",
    },
    {
        "name": "OParl",
        "description": "The public side of the boards for other software, as the standard OParl "
        "1.1 has it. Begin at `/oparl/v1.1/{municipality}`.",
    },
    {
        "name": "Feeds",
        "description": "What is new, for readers of Atom (Feeds).",
    },
    {
        "name": "Files",
        "description": "Documents and pictures of meetings, papers, publications (Dateien).",
    },
    {
        "name": "Participation",
        "description": "How those who are concerned have their say, and get an answer "
        "(Beteiligung).",
    },
]
ROUTERS = (
    sources,
    batches,
    feeds,  # before the collections: feed.atom is no key
    organisations,
    bodies,
    board_pages,
    calendars,
    composition,
    forecasts,
    seats,
    erasures,
    composition_rules,
    nominations,
    persons,
    memberships,
    meetings,
    agendas,
    agenda_items,
    series,
    invitations,
    procedures,
    attendances,
    exclusions,
    votes,
    minutes,
    papers,
    consultations,
    way,
    versions,
    amendments,
    recommendations,
    resolutions,
    implementations,
    evidences,
    powers,
    acts,
    publications,
    legislative_terms,
    oparl_profile,
    oparl,
    elsewhere,
    participation,
    contribution_imports,
    contributions,
    answers,
    statements,
    feedback,
    publication_versions,
    report_templates,
    coordinated_reports,
    report_making,
    report_editions,
    editions,
    report_differences,
    files,
    contents,
)


def create_app(
    settings: Settings,
    database_url: str,
    peers: InProcess | None = None,
) -> FastAPI:
    """The app of the boards service.

    `peers` gives the app of another service in this process, or None where it runs on its own.
    """

    searching = Searching(INDEX, JOBS)

    @asynccontextmanager
    async def neighbours(service: FastAPI) -> AsyncIterator[None]:
        state = service.state
        async with reached(state, peers, "indicators", "projects") as (indicators, projects):
            state.neighbours = Neighbours(indicators, projects)
            async with funded_events.follower(projects, state.database).running() as funded:
                state.followers = [funded]
                yield

    return app.service(
        "boards",
        "Planraum boards",
        DESCRIPTION,
        [
            *ROUTERS,
            journal_router(),
            threads_router(tellings, in_charges),
            events_router(TOLD),
            due,
            outcomes,
            search_router(searching),
        ],
        settings=settings,
        database_url=database_url,
        peers=[neighbours, Worker(JOBS).working, searching.ahead],
        tags=TAGS,
        relations=RELATIONS,
        before_commit=one_after_another(
            public_side.follow, report_chapters.follow, following(INDEX)
        ),
    )
