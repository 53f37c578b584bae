"""Which rows are asked for."""

from services.boards.exclusions.tables import ExclusionRow
from services.kit.resources import matching


def test_a_column_is_asked_for_unless_nothing_is_said_of_it() -> None:
    asked = matching(ExclusionRow, meeting=None, agenda_item="", revision=0)
    assert [str(one.compile(compile_kwargs={"literal_binds": True})) for one in asked] == [
        "boards.exclusion.agenda_item = ''",
        "boards.exclusion.revision = 0",
    ]
    assert matching(ExclusionRow, meeting=None) == []
