"""Templates of coordinated reports over HTTP."""

from services.boards.report_templates.templates import TEMPLATES
from services.contracts.boards.report_templates import ReportTemplate
from services.kit.access import requires
from services.kit.app import router

report_templates = router("Coordinated reports")
READ = requires("boards.coordinated_reports:read")


@report_templates.get("/report-templates", response_model=list[ReportTemplate], dependencies=[READ])
async def list_report_templates() -> list[ReportTemplate]:
    """List the templates of coordinated reports.

    Poverty report, report on living conditions, newsletter, proof of progress, decision paper
    (Berichtsvorlagen): chapters with the words and bindings that a report of the kind begins with
    when it is created without chapters of its own.
    """
    return list(TEMPLATES.values())
