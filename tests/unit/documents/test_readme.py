"""The README leads to what is there."""

import re
from collections import Counter
from pathlib import Path

import pytest

from services.contracts.shared.threads import ThreadGapKind
from tests.e2e import tour

ROOT = Path(__file__).parents[3]
DOCUMENTS = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "deploy").rglob("*.md")),
    *sorted((ROOT / "clients").glob("*/README.md")),
]


def test_the_tour_makes_eleven_calls_and_shows_every_answer() -> None:
    steps = tour.parse(ROOT / "README.md")
    assert len(steps) == 11
    assert all(step.command.startswith("curl ") and step.expected for step in steps)
    assert all(tour.BASE_URL in step.command for step in steps)


def test_a_command_may_go_on_in_the_next_line(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(
        "```console\n$ curl \\\n    -s x\none\ntwo\n$ curl y\n```\n```sh\n$ no\n```\n"
    )
    assert tour.parse(readme) == [("curl \\\n    -s x", "one\ntwo\n"), ("curl y", "")]


def test_a_command_is_asked_of_the_platform_that_runs() -> None:
    answer = tour.run(f"echo {tour.BASE_URL}/v1 $TOKEN", "http://127.0.0.1:1", "secret")
    assert answer == f"{tour.BASE_URL}/v1 secret\n"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_to_a_file(document: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", document.read_text("utf-8"))
    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_every_file_the_contributor_is_sent_to_is_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    named = re.findall(r"`((?:services|tests|migrations|docs|openapi)/[\w./]+)`", text)
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text("utf-8")
    for page in sorted(folder.glob("0*.md")):
        text = page.read_text("utf-8")
        title = text.splitlines()[0]
        assert f"[{page.name[:4]}]({page.name}) | {title[7:]} |" in index
        assert re.search(r"^\*\*Decision\.\*\* \*[^*]+\*$", text, re.MULTILINE), page.name
    numbers = re.findall(r"^\| \[(\d{4})\]", index, re.MULTILINE)
    assert numbers == sorted(set(numbers)), "each once, in their order"


def test_no_change_is_told_twice() -> None:
    told = re.split(r"^- ", (ROOT / "CHANGELOG.md").read_text("utf-8"), flags=re.MULTILINE)[1:]
    assert len(told) > 100
    assert [one for one, times in Counter(told).items() if times > 1] == []


def test_every_kind_of_gap_is_explained() -> None:
    section = (ROOT / "docs" / "api.md").read_text("utf-8").partition("/gaps` lists what is")[2]
    table = section.partition("\n\n`kind` and `responsible` narrow it down")[0]
    assert re.findall(r"^\| `(\w+)` \| \w", table, re.MULTILINE) == list(ThreadGapKind)


def test_the_licence_is_the_one_that_is_declared() -> None:
    assert 'license = "EUPL-1.2"' in (ROOT / "pyproject.toml").read_text("utf-8")
    licence = (ROOT / "LICENSE").read_text("utf-8")
    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    assert "Appendix" in licence
