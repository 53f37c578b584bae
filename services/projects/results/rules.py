"""What a result may be: pure functions."""

from services.kit.problems import Invalid


def check_grant(project: str, project_of_grant: str | None) -> None:
    """Refuse a grant that is not there, or that is for another project."""
    if project_of_grant != project:
        raise Invalid("The project has no such grant.", pointer="/grant", code="unknown")
