"""What readers of a publication see of its files."""

import itertools
from dataclasses import dataclass, field
from datetime import date

import pytest

from services.boards.publication_versions.rules import (
    check_changes,
    check_files,
    drafts,
    only_here,
    to_open,
    too_open,
)
from services.contracts.boards.publication_versions import NewPublicationVersion
from services.contracts.shared.base import Visibility
from services.kit.problems import Invalid

OPENNESS = [Visibility.administration, Visibility.members, Visibility.public]


@dataclass
class AFile:
    visibility: str
    key: str = "f-1"
    narrowed: bool = False


@dataclass
class AVersion:
    visibility: str
    files: list[str] = field(default_factory=lambda: ["f-1"])


def new(*files: str, visibility: str = "public") -> NewPublicationVersion:
    return NewPublicationVersion(
        published_on=date(2026, 3, 1), files=list(files), visibility=Visibility(visibility)
    )


def test_a_later_version_says_what_is_different() -> None:
    check_changes(new(), 1)
    with pytest.raises(Invalid):
        check_changes(new(), 2)
    check_changes(new().model_copy(update={"changes": {"de": "Neu."}}), 2)


def test_a_closed_file_is_a_draft_unless_somebody_hid_it_on_purpose() -> None:
    assert drafts({"f-1": AFile(Visibility.administration)}) == {"f-1"}
    assert drafts({"f-1": AFile(Visibility.administration, narrowed=True)}) == set()
    for visibility in (Visibility.members, Visibility.public):
        assert drafts({"f-1": AFile(visibility), "f-2": AFile(visibility, narrowed=True)}) == set()


@pytest.mark.parametrize(("file", "version"), list(itertools.product(OPENNESS, OPENNESS)))
def test_all_readers_of_a_version_may_see_its_files(file: Visibility, version: Visibility) -> None:
    attached, wanted = {"f-1": AFile(file)}, new("f-1", visibility=version)
    if OPENNESS.index(file) < OPENNESS.index(version):
        with pytest.raises(Invalid) as refused:
            check_files(wanted, attached, set())
        assert [one.code for one in refused.value.faults] == ["hidden"]
    else:
        check_files(wanted, attached, set())
    check_files(wanted, attached, {"f-1"})


def test_files_of_something_else_are_refused_but_what_was_withdrawn_stays_named() -> None:
    with pytest.raises(Invalid) as refused:
        check_files(new("f-1", "f-2"), {"f-1": AFile("public")}, set())
    assert [(one.pointer, one.code) for one in refused.value.faults] == [("/files/1", "unknown")]
    check_files(new("f-1", "f-2"), {"f-1": AFile("public")}, set(), gone=["f-2"])


def test_what_no_other_version_has_goes_with_it() -> None:
    others = [AVersion("administration", ["f-2"]), AVersion("public", ["f-3"])]
    assert only_here(["f-1", "f-2", "f-3", "f-4"], others) == ["f-1", "f-4"]


def test_a_version_in_preparation_opens_nothing() -> None:
    files = ["f-1", "f-2"]
    assert to_open(AVersion("administration", files), {"f-1"}) == []
    assert to_open(AVersion("members", files), {"f-1"}) == ["f-1"]


@pytest.mark.parametrize(("file", "version"), list(itertools.product(OPENNESS, OPENNESS)))
def test_nobody_sees_a_file_who_sees_no_version_of_it(
    file: Visibility, version: Visibility
) -> None:
    attached = {"f-1": AFile(file)}
    wider = OPENNESS.index(file) > OPENNESS.index(version)
    expected = {"f-1": version} if wider else {}
    assert too_open(["f-1"], [AVersion(version)], attached) == expected
    more = [AVersion(version), AVersion("administration"), AVersion("public", ["f-2"])]
    assert too_open(["f-1"], more, attached) == expected
    assert too_open(["f-1"], [AVersion("public"), *more], attached) == {}
    assert too_open(["f-1"], [AVersion("public", ["f-2"])], attached) == {}
    assert too_open(["f-1"], [AVersion(version)], {}) == {}
