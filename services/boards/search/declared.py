"""The kinds of the boards that are searched.

Persons are not: what is shown of them depends on what they agreed to and on the day. Minutes are
not: what was noted on an item is for those who may see the item. Files of persons and of
contributions are not, for the same reasons.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, exists, or_
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from services.boards.acts.queries import ACTS
from services.boards.agendas.queries import AGENDA_ITEMS
from services.boards.amendments.queries import AMENDMENTS
from services.boards.bodies.queries import BODIES
from services.boards.composition_rules.queries import COMPOSITION_RULES
from services.boards.coordinated_reports.queries import REPORTS
from services.boards.files.queries import FILES
from services.boards.files.subjects import CARRIERS
from services.boards.files.tables import FileRow
from services.boards.implementations.queries import IMPLEMENTATIONS
from services.boards.legislative_terms.queries import LEGISLATIVE_TERMS
from services.boards.meetings.queries import MEETINGS
from services.boards.organisations.queries import ORGANISATIONS
from services.boards.papers.queries import PAPERS
from services.boards.participation.queries import PROCESSES
from services.boards.powers.queries import POWERS
from services.boards.procedures.queries import PROCEDURES
from services.boards.publication_versions.tables import PublicationVersionRow
from services.boards.publications.queries import PUBLICATIONS
from services.boards.publications.tables import PublicationRow
from services.boards.recommendations.queries import RECOMMENDATIONS
from services.boards.report_editions.queries import EDITIONS, WITHDRAWN
from services.boards.report_editions.tables import ReportEditionRow
from services.boards.resolutions.queries import RESOLUTIONS
from services.boards.search.queries import contents, names
from services.boards.search.tables import SearchDocumentRow
from services.boards.seats.queries import SEATS
from services.boards.series.queries import SERIES
from services.boards.statements.queries import STATEMENTS
from services.boards.votes.queries import VOTES
from services.contracts.boards.files import SubjectKind
from services.kit.resources import Kind
from services.kit.search.index import Index, reached
from services.kit.search.searched import Searched

_BINDING = re.compile(r"\{\{[^{}]*\}\}")


def _written(chapters: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Titles and texts of chapters, without what is bound into them."""
    return [
        {language: _BINDING.sub("", text) for language, text in part.items()}
        for chapter in chapters
        for part in (chapter["title"], chapter["text"])
    ]


async def _reports(session: AsyncSession, rows: Sequence[Any]) -> Mapping[str, Mapping[str, Any]]:
    return {row.key: {"chapters": _written(row.chapters)} for row in rows}


async def _editions(session: AsyncSession, rows: Sequence[Any]) -> Mapping[str, Mapping[str, Any]]:
    """An edition is called and says what it did when it was handed in."""
    content = await contents(session, {row.sha256 for row in rows})
    return {
        row.key: {
            "title": content[row.sha256]["title"],
            "chapters": _written(content[row.sha256]["chapters"]),
        }
        for row in rows
    }


async def _statements(
    session: AsyncSession, rows: Sequence[Any]
) -> Mapping[str, Mapping[str, Any]]:
    """A statement is called by who made it, whom everybody sees who sees the statement."""
    named = await names(session, {row.organisation for row in rows})
    return {row.key: {"title": named[row.organisation]} for row in rows}


def _of_versions(keys: Collection[str]) -> ColumnElement[bool]:
    """Editions that appeared in the publications of these versions."""
    version = PublicationVersionRow
    return exists().where(
        (col(version.municipality_id) == col(ReportEditionRow.municipality_id))
        & (col(version.publication) == col(ReportEditionRow.publication))
        & col(version.key).in_(keys)
    )


def _above(kind: Kind[Any]) -> set[str]:
    """The collection of a kind and of all that it is within."""
    return {kind.collection}.union(*map(_above, kind.within.values()))


def _files_of(collection: str) -> Callable[[Collection[str]], ColumnElement[bool]]:
    """Files that belong to these of a collection, or to something within them."""

    def rule(keys: Collection[str]) -> ColumnElement[bool]:
        town, subject = col(FileRow.municipality_id), col(FileRow.subject)
        parts: list[ColumnElement[bool]] = []
        for name, carrier in CARRIERS.items():
            row, mine = carrier.kind.row, col(FileRow.subject_kind) == name
            if carrier.kind.collection == collection:
                parts.append(mine & subject.in_(keys))
            within = reached(carrier.kind, town, {collection: keys})
            if within is not None:
                there = (col(row.municipality_id) == town) & (col(row.key) == subject) & within
                parts.append(mine & exists().where(there))
        return or_(*parts)

    return rule


_CARRYING = {one for carrier in CARRIERS.values() for one in _above(carrier.kind)}
INDEX = Index(
    (
        Searched(ORGANISATIONS, "organisation", "name", body=("description",), dated="starts_on"),
        Searched(
            BODIES,
            "body",
            "name",
            body=("description", "subjects", "tasks"),
            dated="starts_on",
        ),
        Searched(SEATS, "seat", "name", codes=("clause",), dated="starts_on"),
        Searched(
            COMPOSITION_RULES, "composition_rule", "name", codes=("clause",), dated="starts_on"
        ),
        Searched(PROCEDURES, "procedure", "name", dated="starts_on"),
        Searched(LEGISLATIVE_TERMS, "legislative_term", "name", dated="starts_on"),
        Searched(POWERS, "power", "subject", body=("legal_basis",), dated="starts_on"),
        Searched(ACTS, "act", body=("text",), dated="decided_on"),
        Searched(MEETINGS, "meeting", "name", body=("location",), dated="starts_at"),
        Searched(SERIES, "meeting_series", "name", body=("location",), dated="starts_at"),
        Searched(
            AGENDA_ITEMS,
            "agenda_item",
            body=("text", "result"),
            address="meetings/{meeting}/agenda-items/{key}",
        ),
        Searched(VOTES, "vote", "question"),
        Searched(PAPERS, "paper", body=("text", "topics"), codes=("reference",), dated="dated_on"),
        Searched(AMENDMENTS, "amendment", body=("text",), dated="decided_at"),
        Searched(RECOMMENDATIONS, "recommendation", body=("text",), dated="decided_on"),
        Searched(
            RESOLUTIONS, "resolution", body=("text",), codes=("reference",), dated="decided_on"
        ),
        Searched(IMPLEMENTATIONS, "implementation", "task", dated="due_on"),
        Searched(
            PUBLICATIONS,
            "publication",
            body=("summary", "topics"),
            codes=("issue",),
            dated="published_on",
            there=col(PublicationRow.withdrawn_at).is_(None),
        ),
        Searched(
            REPORTS,
            "coordinated_report",
            body=("chapters",),
            dated="on",
            beside=_reports,
            permission="boards.coordinated_reports:inspect",
        ),
        Searched(
            EDITIONS,
            "report_edition",
            body=("chapters",),
            dated="on",
            beside=_editions,
            address="coordinated-reports/{report}/editions/{number}",
            there=~WITHDRAWN,
            made_of={"publications": "publication", "versions": _of_versions},
        ),
        Searched(
            PROCESSES,
            "participation_process",
            "name",
            body=("goal", "description"),
            dated="public_from",
        ),
        Searched(
            STATEMENTS,
            "statement",
            body=("text",),
            dated="received_on",
            beside=_statements,
            made_of={"organisations": "organisation"},
        ),
        Searched(
            FILES,
            "file",
            "name",
            codes=("file_name",),
            dated="dated_on",
            there=col(FileRow.withdrawn_at).is_(None)
            & col(FileRow.subject_kind).is_distinct_from(SubjectKind.person)
            & col(FileRow.subject_kind).is_distinct_from(SubjectKind.contribution),
            reached={one: _files_of(one) for one in _CARRYING},
        ),
    ),
    SearchDocumentRow,
)
