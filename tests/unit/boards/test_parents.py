"""Nothing is part of itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.boards.organisations.rules import check_parent
from services.kit.problems import Invalid

KEYS = st.sampled_from("abcdef")


@given(st.dictionaries(KEYS, st.none() | KEYS), KEYS, st.none() | KEYS)
def test_who_can_be_reached_from_above_is_refused_as_a_child(
    parents: dict[str, str | None], key: str, parent: str | None
) -> None:
    above: list[str] = []
    step = parent
    while step is not None and step not in above:
        above.append(step)
        step = parents.get(step)
    if key in above or step is not None:
        with pytest.raises(Invalid, match="part of itself"):
            check_parent(key, parent, parents)
    else:
        check_parent(key, parent, parents)
