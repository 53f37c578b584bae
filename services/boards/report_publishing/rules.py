"""As what an edition is published: pure functions."""

from collections.abc import Iterator
from datetime import date

from services.boards.report_bindings.rules import binding
from services.contracts.boards.coordinated_reports import NewCoordinatedReport, ReportTemplateKind
from services.contracts.boards.publication_versions import NewPublicationVersion
from services.contracts.boards.publications import NewPublication, PublicationKind
from services.contracts.boards.report_editions import ReportContent, ReportEdition
from services.contracts.shared.base import GermanOrEnglish
from services.kit.printing.forms import Form


def appears_as(report: NewCoordinatedReport) -> str:
    """The key of the publication."""
    return report.publication or report.key


def languages(content: ReportContent) -> list[GermanOrEnglish]:
    """The languages in which all of it is written; German always is."""
    texts = [content.title, *(text for one in content.chapters for text in (one.title, one.text))]
    return ["de", "en"] if all("en" in text for text in texts) else ["de"]


def forms(content: ReportContent) -> Iterator[tuple[GermanOrEnglish, Form]]:
    """The files of a version; the first is the main one."""
    for lang in languages(content):
        for form in _FORMS:
            yield lang, form


_FORMS: tuple[Form, ...] = ("pdf", "html")


def publication(report: NewCoordinatedReport, content: ReportContent, on: date) -> NewPublication:
    """The publication, where there is none yet."""
    newsletter = report.kind is ReportTemplateKind.newsletter
    return NewPublication(
        key=appears_as(report),
        title=content.title,
        kind=PublicationKind.newsletter if newsletter else PublicationKind.report,
        published_on=on,
        year=content.on.year,
        bodies=[report.body] if report.body is not None else [],
        languages=list(languages(content)),
        visibility=report.audience,
    )


def version(
    edition: ReportEdition, content: ReportContent, files: list[str], on: date, *, first: bool
) -> NewPublicationVersion:
    """The version of the publication; what it rests on is what is bound into it."""
    bound = [binding(wording) for wording in content.bindings]
    indicators = {key: None for one in bound for key in one.indicators}
    releases = {content.release, *(one.release for one in bound if one.release is not None)}
    figures = [one for what in content.bindings.values() for one in what.figures]
    indicators |= {one.indicator: None for one in figures}
    targets = [one for what in content.bindings.values() for one in what.targets]
    indicators |= {one.indicator: None for one in targets}
    changes = edition.changes
    if changes is None and not first:
        changes = {"de": f"Neu erschienen: {content.title['de']}"[:300]}
    return NewPublicationVersion(
        edition=f"Ausfertigung {edition.number}",
        published_on=on,
        changes=changes,
        files=files,
        indicators=sorted(indicators)[:200],
        releases=sorted(releases | {one.release for one in figures})[-20:],
        visibility=edition.audience,
    )
