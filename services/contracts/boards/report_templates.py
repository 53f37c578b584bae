"""Templates of coordinated reports (Berichtsvorlagen)."""

from collections.abc import Sequence

from pydantic import Field

from services.contracts.boards.coordinated_reports import ReportTemplateKind
from services.contracts.shared.base import Answer, LongTexts, Texts, example


class TemplateChapter(Answer):
    """A chapter as a template begins it; `$body` and the like are what the report is about."""

    title: Texts
    text: LongTexts
    each: bool = Field(description="Once for each indicator of the report.")


class ReportTemplate(Answer):
    """A template (Berichtsvorlage): a report that is created without chapters begins with these."""

    model_config = example(
        kind="newsletter",
        name={"de": "Newsletter", "en": "Newsletter"},
        description={"de": "Was seit der letzten Ausgabe neu ist."},
        needs=["since"],
        chapters=[
            {
                "title": {"de": "Beschlossen"},
                "text": {"de": "{{resolutions:since=last}}"},
                "each": False,
            }
        ],
    )

    kind: ReportTemplateKind
    name: Texts
    description: Texts
    needs: Sequence[str] = Field(description="Fields that the report must have for it.")
    chapters: Sequence[TemplateChapter] = Field(
        description="One that names something the report does not have is left out."
    )
