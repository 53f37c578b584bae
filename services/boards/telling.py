"""Of what this service tells others: what bodies do, not who sits in them.

A paper that was decided or amended is told to the administration alone, as is a resolution that
another one ended: what did it may be of a closed meeting. Votes, amendments and resolutions speak
for themselves to everybody who may see them.
"""

from services.boards.acts.queries import ACTS
from services.boards.agendas.queries import AGENDA_ITEMS
from services.boards.amendments.queries import AMENDMENTS
from services.boards.bodies.queries import BODIES
from services.boards.composition_rules.queries import COMPOSITION_RULES
from services.boards.consultations.queries import CONSULTATIONS
from services.boards.coordinated_reports.queries import REPORTS
from services.boards.evidences.queries import EVIDENCES
from services.boards.files.queries import FILES
from services.boards.implementations.queries import IMPLEMENTATIONS
from services.boards.legislative_terms.queries import LEGISLATIVE_TERMS
from services.boards.meetings.queries import MEETINGS
from services.boards.minutes.queries import MINUTES
from services.boards.organisations.queries import ORGANISATIONS
from services.boards.papers.queries import PAPERS
from services.boards.participation.queries import PROCESSES
from services.boards.powers.queries import POWERS
from services.boards.procedures.queries import PROCEDURES
from services.boards.publications.queries import PUBLICATIONS
from services.boards.recommendations.queries import RECOMMENDATIONS
from services.boards.report_editions.queries import EDITIONS
from services.boards.resolutions.queries import RESOLUTIONS
from services.boards.seats.queries import SEATS
from services.boards.series.queries import SERIES
from services.boards.statements.queries import STATEMENTS
from services.boards.votes.queries import VOTES
from services.kit.telling.rules import Told

TOLD = (
    Told(ORGANISATIONS, "boards.organisations:read"),
    Told(BODIES, "boards.bodies:read"),
    Told(SEATS, "boards.seats:read"),
    Told(COMPOSITION_RULES, "boards.composition_rules:read"),
    Told(LEGISLATIVE_TERMS, "boards.legislative_terms:read"),
    Told(PROCEDURES, "boards.procedures:read"),
    Told(MEETINGS, "boards.meetings:read"),
    Told(SERIES, "boards.meetings:read"),
    Told(AGENDA_ITEMS, "boards.meetings:read"),
    Told(MINUTES, "boards.minutes:read"),
    Told(PAPERS, "boards.papers:read"),
    Told(CONSULTATIONS, "boards.papers:read"),
    Told(AMENDMENTS, "boards.papers:read", {"adopted", "rejected", "withdrawn"}),
    Told(VOTES, "boards.votes:read", {"closed"}),
    Told(RECOMMENDATIONS, "boards.resolutions:read"),
    Told(RESOLUTIONS, "boards.resolutions:read"),
    Told(EVIDENCES, "boards.resolutions:read"),
    Told(IMPLEMENTATIONS, "boards.implementations:read"),
    Told(POWERS, "boards.powers:read"),
    Told(ACTS, "boards.powers:read"),
    Told(REPORTS, "boards.coordinated_reports:inspect"),
    Told(EDITIONS, "boards.coordinated_reports:read", {"published"}),
    Told(PUBLICATIONS, "boards.publications:read", {"withdrawn"}),
    Told(PROCESSES, "boards.participation:read", {"reported"}),
    Told(STATEMENTS, "boards.statements:read"),
    Told(FILES, "boards.files:read", {"withdrawn", "restored"}),
)
