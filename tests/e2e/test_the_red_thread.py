"""The red thread, from a push of the job centre to an effect on the same figures.

Nothing but the public API, as the people who do it: a machine with its key, a second person, the
office of the boards, the planner, the controller, and everybody else.
"""

import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from tests.e2e.conftest import Town
from tests.e2e.subscriber import Subscriber
from tests.e2e.test_a_push_by_key import key_for, machine, made

Body = dict[str, Any]
AREAS = {"jena": 6100, "lobeda-west": 620, "winzerla": 80}
LATER = {"jena": 5900, "lobeda-west": 540, "winzerla": 82}
SERIES = "observation:empfaenger/lobeda-west"
EFFECT = "effect:jobladen/empfaenger/lobeda-west"
PUBLIC = {
    SERIES,
    "recommendation:jobladen-empfehlung",
    "resolution:jobladen-beschluss",
    "measure:jobladen",
    "grant:jobladen-bescheid",
    "position:beratung",
    EFFECT,
}
INSIDE = {"expenditure:miete", "claim:abruf-1"}
STEPS = {
    "indicators.delivery.created.v1",
    "indicators.release.created.v1",
    "indicators.finding.confirmed.v1",
    "boards.recommendation.created.v1",
    "boards.vote.closed.v1",
    "boards.resolution.created.v1",
    "projects.measure.created.v1",
    "projects.grant.created.v1",
    "projects.position.created.v1",
    "projects.expenditure.created.v1",
    "projects.claim.created.v1",
    "projects.measure.evaluated.v1",
    "boards.report_edition.published.v1",
}


def text(german: str) -> dict[str, str]:
    return {"de": german}


def until(told: Callable[[], Any], seconds: float = 60) -> Any:
    """What is told as soon as there is something: followers and jobs do their work meanwhile."""
    end = time.monotonic() + seconds
    while not (found := told()):
        assert time.monotonic() < end, "nothing came of it"
        time.sleep(0.1)
    return found


def changed(client: httpx.Client, path: str, body: Body) -> Body:
    """Something that is changed as it was read."""
    tag = client.get(path).headers["etag"]
    answer = client.patch(path, json=body, headers={"If-Match": tag})
    assert answer.status_code == 200, answer.text
    found: Body = answer.json()
    return found


def done(client: httpx.Client, path: str, body: Any = None, of: str | None = None) -> Body:
    """A step that is more than a change; `of` is what must be as it was read."""
    headers = {"If-Match": client.get(of).headers["etag"]} if of else {}
    answer = client.post(path, json=body, headers=headers)
    assert answer.status_code in (200, 201), answer.text
    found: Body = answer.json()
    return found


class Story:
    """The people of a town, each with their own token."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.planner = town.client("planner", subject="planner")
        self.second = town.client("statistician", subject="second")
        self.boards = town.client("secretary", subject="board-office")
        self.controller = town.client("controller", subject="controller")
        self.admin = town.client("administrator", subject="admin")
        self.anybody = town.client()
        self.everybody = (
            self.planner,
            self.second,
            self.boards,
            self.controller,
            self.admin,
            self.anybody,
        )
        self.cursor = ""

    def found(self) -> None:
        """Areas, an indicator, a rule of needs, a slot and the key of the job centre's machine."""
        planner = self.planner
        made(planner, "topics", {"key": "arbeit", "name": text("Arbeit")})
        for position, level in enumerate(("stadt", "bezirk")):
            new = {"key": level, "name": text(level.title()), "position": position}
            made(planner, "area-levels", new)
        for key in AREAS:
            parent = None if key == "jena" else "jena"
            level = "bezirk" if parent else "stadt"
            area = {"key": key, "level": level, "parent": parent, "name": text(key.title())}
            made(planner, "areas", {**area, "valid_from": "1990-01-01"})
        indicator = {"key": "empfaenger", "name": text("Leistungsberechtigte SGB II")}
        count = {"unit": text("Personen"), "kind": "count", "source": {"publisher": "Jobcenter"}}
        made(planner, "indicators", {**indicator, **count})
        rule = {"key": "viele", "title": text("Viele Leistungsberechtigte"), "topic": "arbeit"}
        above = {"indicator": "empfaenger", "comparison": "above", "value": "500"}
        rule |= {"severity": "high", "level": "bezirk", "visibility": "public"}
        made(planner, "needs-rules", {**rule, "conditions": [{"kind": "threshold", **above}]})
        slot = {"key": "quartal", "title": text("SGB II je Quartal"), "supplier": "jenarbeit"}
        rhythm = {"periodicity": "quarter", "first_period": "2025-Q4", "days_until_due": 45}
        slot |= {"indicators": ["empfaenger"], "reminder_days": 14, "contact_role": "Controlling"}
        made(self.second, "slots", {**slot, **rhythm})
        key = key_for(self.admin, "lieferung", "jenarbeit")
        self.machine = machine(self.town, key)

    def released(self, period: str, figures: dict[str, int]) -> None:
        """The machine pushes a quarter, and a second person releases it."""
        rows = "".join(f"{area},{period},empfaenger,{n}\n" for area, n in figures.items())
        sent = self.machine.post(
            "deliveries",
            params={"source": "Jobcenter"},
            content=f"area,period,indicator,value\n{rows}",
            headers={"Content-Type": "text/csv", "Idempotency-Key": f"push-{period}"},
        )
        assert (sent.status_code, sent.json()["state"]) == (201, "checked"), sent.text
        key = sent.json()["key"]
        assert self.machine.post(f"deliveries/{key}/approval").status_code == 403
        done(self.second, f"deliveries/{key}/approval")
        made(self.second, "releases", {"title": text(period), "deliveries": [key]})

    def finding(self) -> str:
        """The need that the rule found in Lobeda, confirmed by the planner."""
        (found,) = until(lambda: self.anybody.get("findings").json()["items"])
        assert (found["area"], found["outcome"]) == ("lobeda-west", "met")
        reason = {"reason": "Die Stadtteilarbeit sieht es auch."}
        address = f"findings/{found['key']}"
        confirmed = done(self.planner, f"{address}/confirmation", reason, of=address)
        assert confirmed["state"] == "confirmed"
        key: str = found["key"]
        return key

    def meeting(self, body: str, kind: str, mandate: str, on: str, members: int) -> None:
        """A body with its members, and a meeting with one item."""
        office = self.boards
        known = {"name": text(body.title()), "kind": kind, "mandates": [mandate]}
        made(office, "bodies", {"key": body, **known})
        rule = {"kind": "open", "minimum": members, "maximum": members}
        seat = {"key": f"sitz-{body}", "body": body, "name": text("Sitz"), "rule": rule}
        made(office, "seats", seat)
        for number in range(members):
            name = {"key": f"{body}-{number}", "given_name": "Erika"}
            made(office, "persons", {**name, "family_name": "Mustermann"})
            sits = {"person": f"{body}-{number}", "body": body, "seat": f"sitz-{body}"}
            since = {"voting": True, "starts_on": "2025-07-01"}
            made(office, "memberships", {"key": f"m-{body}-{number}", **sits, **since})
        meeting = {"key": f"sitzung-{body}", "body": body, "name": text("Sitzung")}
        made(office, "meetings", {**meeting, "starts_at": f"{on}T17:00:00+01:00"})
        item = {"key": f"top-{body}", "number": "1", "title": text("Jobladen in Lobeda")}
        made(office, f"meetings/sitzung-{body}/agenda-items", item)

    def voted(self, body: str, on: str, present: int, yes: int) -> Body:
        """What the body decides with those who are there."""
        office = self.boards
        month = f"{on[:8]}0"
        invited = {"sent_on": f"{month}1", "received_on": f"{month}2"}
        done(office, f"meetings/sitzung-{body}/invitation", invited)
        changed(office, f"meetings/sitzung-{body}", {"state": "running"})
        for number in range(present):
            there = {"meeting": f"sitzung-{body}", "membership": f"m-{body}-{number}"}
            made(office, "attendances", {**there, "present": True})
        vote = {"key": f"v-{body}", "meeting": f"sitzung-{body}", "agenda_item": f"top-{body}"}
        made(office, "votes", {**vote, "question": text("Wer ist dafür?")})
        counts = {"counts": {"yes": yes, "no": present - yes}, "at": f"{on}T17:30:00+01:00"}
        return done(office, f"votes/v-{body}/closing", counts)

    def advised_and_decided(self, finding: str) -> None:
        """The board recommends with evidence; the committee decides with a quorum."""
        office = self.boards
        made(office, "organisations", {"key": "amt", "name": text("Amt"), "kind": "administration"})
        self.meeting("beirat", "advisory_board", "advises", "2026-03-12", 3)
        self.meeting("ausschuss", "committee", "decides", "2026-04-14", 5)
        paper = {"key": "jobladen-vorlage", "title": text("Jobladen"), "visibility": "public"}
        made(office, "papers", {**paper, "kind": "resolution_proposal", "state": "submitted"})
        for body, role in (("beirat", "advises"), ("ausschuss", "decides")):
            way = {"paper": "jobladen-vorlage", "body": body, "role": role}
            at = {"meeting": f"sitzung-{body}", "agenda_item": f"top-{body}"}
            made(office, "consultations", {**way, **at})

        assert self.voted("beirat", "2026-03-12", present=3, yes=3)["outcome"] == "adopted"
        said = {"title": text("Jobladen in Lobeda"), "text": text("Der Beirat empfiehlt ihn.")}
        columns = self.anybody.get("observations?indicator=empfaenger&area=lobeda-west").json()
        evidence = {"indicator": "empfaenger", "area": "lobeda-west", "value": 620}
        evidence |= {"period": columns["columns"]["period"][0], "breakdown": ""}
        recommendation = {"key": "jobladen-empfehlung", "vote": "v-beirat", **said}
        wrong = {**recommendation, "evidence": [{**evidence, "value": 619}]}
        assert office.post("recommendations", json=wrong).status_code == 422
        basis = {"findings": [finding], "evidence": [evidence]}
        made(office, "recommendations", {**recommendation, **basis})
        no_mandate = {"vote": "v-beirat", **said}
        assert office.post("resolutions", json=no_mandate).status_code == 409

        vote = self.voted("ausschuss", "2026-04-14", present=4, yes=3)
        assert (vote["outcome"], vote["snapshot"]["quorate"]) == ("adopted", True)
        follows = {"recommendation": "jobladen-empfehlung", "kind": "follows"}
        resolution = {"key": "jobladen-beschluss", "vote": "v-ausschuss", **said}
        made(office, "resolutions", {**resolution, "responses": [follows]})

    def begun(self, finding: str) -> None:
        """The measure with its grant, its position and its target on the same figures."""
        office = self.controller
        funder = {"organisation": "amt", "level": "state"}
        programme = {"key": "richtlinie", "name": text("Richtlinie"), "funders": [funder]}
        made(office, "programmes", programme)
        project = {"key": "jobladen", "name": text("Jobladen"), "programmes": ["richtlinie"]}
        public = {"visibility": "public"}
        made(
            office, "projects", {**project, "state": "running", "starts_on": "2026-05-01"} | public
        )
        grant = {"key": "jobladen-bescheid", "project": "jobladen", "programme": "richtlinie"}
        money = {"eligible_cost": "60000.00", "amount": "48000.00", "rate": "80"}
        sources = [{"kind": "state", "amount": "48000.00", "rate": "80"}, {"kind": "own"}]
        period = {"starts_on": "2026-05-01", "ends_on": "2027-12-31"}
        grant |= {"grantee": "amt", "sources": sources, **money, **period, **public}
        made(office, "grants", grant)
        paid = {"grant": "jobladen-bescheid", "share": 80, "starts_on": "2026-05-01"}
        position = {"key": "beratung", "title": text("Beratung"), "count": 1, "funding": [paid]}
        begins = {"starts_on": "2026-05-01", "employer": "amt", "state": "filled"}
        made(office, "positions", {**position, **begins, "project": "jobladen"})
        target = {"indicator": "empfaenger", "area": "lobeda-west", "direction": "decrease"}
        target |= {"due_on": "2027-12-31", "target_value": "500", "compared_with": ["winzerla"]}
        measure = {"key": "jobladen", "title": text("Jobladen Lobeda"), "state": "running"}
        why = {"recommendation": "jobladen-empfehlung", "findings": [finding]}
        with_what = {"mandate": "jobladen-beschluss", "grants": ["jobladen-bescheid"]}
        measure |= {"responsible": "amt", "starts_on": "2026-05-01", "project": "jobladen"}
        made(office, "measures", {**measure, **why, **with_what, **public, "targets": [target]})

    def spent_and_proven(self) -> None:
        """What was paid, what was claimed for it, and the proof of its use."""
        office = self.controller
        receipt = {"key": "miete", "project": "jobladen", "purpose": "Miete", "gross": "1190.00"}
        days = {"invoice_date": "2026-06-01", "payment_date": "2026-06-15"}
        shares = [{"grant": "jobladen-bescheid", "share": "100"}]
        made(office, "expenditures", {**receipt, **days, "category": "office", "shares": shares})
        claim = {"key": "abruf-1", "grant": "jobladen-bescheid", "requested": "952.00"}
        made(office, "claims", {**claim, "expenditures": ["miete"]})
        figures = office.get("grants/jobladen-bescheid/figures?on=2026-07-01").json()
        assert "1190" in str(figures)
        proof = made(office, "grants/jobladen-bescheid/proofs-of-use", {"key": "nachweis-2026"})
        told = office.get(f"proofs-of-use/{proof['key']}").json()
        assert "1190.00" in str(told)

    def reported(self) -> None:
        """The report prints the whole of it, approved by a second person."""
        planner = self.planner
        figure = "{{indicator:empfaenger/lobeda-west@release}}"
        bound = {
            "Lage": f"Im Bezirk leben {figure} Leistungsberechtigte.",
            "Empfehlungen": "{{recommendations}}",
            "Beschlüsse": "{{resolutions}}",
            "Maßnahmen": "{{measures}}",
        }
        chapters = [{"title": text(t), "text": text(words)} for t, words in bound.items()]
        report = {"key": "armutsbericht", "kind": "poverty_report", "title": text("Armutsbericht")}
        made(
            planner,
            "coordinated-reports",
            {**report, "chapters": chapters, "release": 2, "on": "2026-11-01"},
        )
        made(planner, "coordinated-reports/armutsbericht/editions", {})
        with self.town.client("planner", subject="approver") as second:
            done(second, "coordinated-reports/armutsbericht/editions/1/approval")
        done(self.boards, "coordinated-reports/armutsbericht/editions/1/publication", {})

    def sent_again(self) -> None:
        """What failed twice while the subscriber was away is sent now, not in five minutes."""
        query = {"state": "waiting", "limit": 500}
        waiting = self.admin.get("webhooks/zuhoerer/deliveries", params=query).json()["items"]
        for one in waiting:
            if len(one["attempts"]) > 1:
                address = f"webhooks/zuhoerer/deliveries/{one['id']}/replay"
                assert self.admin.post(address).status_code == 202

    def thread(self, of: str, who: httpx.Client) -> set[str]:
        """What the thread of something leads through."""
        answer = who.get("thread", params={"of": of})
        assert answer.status_code == 200, answer.text
        return {node["ref"] for node in answer.json()["nodes"]}


@pytest.fixture
def story(running_town: Town) -> Iterator[Story]:
    told = Story(running_town)
    yield told
    for client in (*told.everybody, told.machine):
        client.close()


@pytest.fixture
def subscriber() -> Iterator[Subscriber]:
    made = Subscriber()
    yield made
    made.stop()


def test_the_whole_story(story: Story, subscriber: Subscriber) -> None:
    story.found()
    hook = {"key": "zuhoerer", "url": subscriber.url, "purpose": "Hört alles", "types": ["*"]}
    subscriber.secret = made(story.admin, "webhooks", {**hook, "roles": ["planner"]})["secret"]
    start = events(story.planner)[-1]["cursor"]

    story.released("2025-Q4", AREAS)
    finding = story.finding()
    until(lambda: subscriber.events)
    subscriber.stop()
    story.advised_and_decided(finding)
    until(lambda: attempted(story.admin))
    subscriber.start()
    story.begun(finding)
    story.spent_and_proven()
    story.released("2026-Q3", LATER)
    until(lambda: EFFECT in story.thread(SERIES, story.planner))
    story.reported()

    chain = PUBLIC | {f"finding:{finding}"}
    for of in (SERIES, EFFECT):
        assert story.thread(of, story.planner) >= chain | INSIDE
        seen = story.thread(of, story.anybody)
        assert seen >= chain
        assert not seen & INSIDE

    printed = story.anybody.get("coordinated-reports/armutsbericht/editions/1/document").text
    for said in ("540", "Jobladen in Lobeda", "Jobladen Lobeda", "B-0001/2026"):
        assert said in printed
    assert "Miete" not in printed

    happened = {one["id"] for one in events(story.planner, start)}
    assert {one["type"] for one in events(story.planner, start)} >= STEPS
    story.sent_again()
    until(lambda: subscriber.heard() >= happened)
    assert set(subscriber.ids.values()) == {1}
    assert len(subscriber.events) == len(subscriber.heard())


def events(client: httpx.Client, after: str | None = None) -> list[Body]:
    """What happened, in order, as the client may know it."""
    found: list[Body] = []
    page = client.get("events", params={"after": after} if after else {}).json()
    while page["items"]:
        found += page["items"]
        page = client.get("events", params={"after": page["after"]}).json()
    return found


def attempted(client: httpx.Client) -> bool:
    """Whether something could not be delivered so far."""
    found = client.get("webhooks/zuhoerer/deliveries", params={"state": "waiting"}).json()["items"]
    return any(one["attempts"] for one in found)
