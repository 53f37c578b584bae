"""Whether a file was hidden on purpose."""

import pytest

from services.boards.files.rules import narrowed


@pytest.mark.parametrize(
    ("before", "now", "already", "said"),
    [
        ("public", "public", False, False),
        ("public", "members", False, True),
        ("public", "administration", False, True),
        ("members", "administration", False, True),
        ("administration", "administration", False, False),
        ("administration", "administration", True, True),
        ("administration", "members", False, False),
        ("administration", "members", True, True),
        ("administration", "public", True, False),
        ("members", "public", True, False),
    ],
)
def test_who_lets_fewer_people_see_a_file_hides_it_until_everybody_may(
    before: str, now: str, already: bool, said: bool
) -> None:
    assert narrowed(before, now, already=already) is said
