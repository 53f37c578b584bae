"""Loads the demo through the API, as everybody would: what is missing is created, nothing else.

What somebody has changed since stays changed. A run that broke off is completed by the next one.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Any

import httpx

from services.contracts.boards.coordinated_reports import NewCoordinatedReport, ReportStage
from services.contracts.indicators.catalogue_versions import CatalogueVersionTexts
from services.contracts.indicators.reports import NewReport
from services.contracts.shared.base import Request
from services.demo.api import SECOND, Api, As
from services.demo.jena import TOWN as JENA
from services.demo.towns import Town
from services.demo.wartburgkreis import TOWN as WARTBURGKREIS

TOWNS = (JENA, WARTBURGKREIS)
_EVERYWHERE = "*"
_ON_THE_WAY = {ReportStage.draft: 1, ReportStage.in_review: 2, ReportStage.approved: 3}
"""Stages of a report, each with its revision while nobody but the demo has worked on it."""
_OVER = ("released", "rejected")
"""States of a delivery in which there is nothing left to do with it."""


@dataclass(frozen=True)
class Step:
    """One thing that is missing, and how it is made."""

    what: str
    do: Callable[[], Awaitable[None]]


async def load(
    client: httpx.AsyncClient,
    as_: As,
    progress: Callable[[Sequence[Step]], Iterable[Step]] = lambda steps: steps,
    towns: Sequence[Town] = TOWNS,
) -> int:
    """Create what is missing of the demo; answers how many steps that took.

    `progress` goes through the steps and may show how far it has come; it is not asked when
    nothing is missing. Refuses with DemoRefused.
    """
    api = Api(client, as_)
    registered = await api.all(_EVERYWHERE, "/v1/municipalities")
    known = {town["key"] for town in registered}
    missing = await asyncio.gather(*(_missing(api, town, town.key in known) for town in towns))
    steps = [step for of_town in missing for step in of_town]
    for step in progress(steps) if steps else ():
        await step.do()
    return len(steps)


@dataclass(frozen=True)
class _Printed:
    """What was made after a release: keys of reports, German titles of frozen catalogues."""

    reports: Collection[str]
    catalogues: Collection[str]
    coordinated: Mapping[str, Any]
    """By key."""

    def lacks(self, town: Town) -> bool:
        """Is there anything left to make?"""
        reports = any(report.key not in self.reports for report in town.reports)
        unmade = any(self.unmade(report) for report in town.coordinated_reports)
        frozen = town.catalogue is None or _title(town.catalogue) in self.catalogues
        return reports or unmade or not frozen

    def unmade(self, report: NewCoordinatedReport) -> bool:
        """Is it not there, or was its making broken off? What somebody works on is theirs."""
        there = self.coordinated.get(report.key)
        return there is None or there["revision"] == _ON_THE_WAY.get(there["stage"])

    def stage(self, report: NewCoordinatedReport) -> str | None:
        """How far it is; None when it is not there."""
        there = self.coordinated.get(report.key)
        return None if there is None else str(there["stage"])


@dataclass(frozen=True)
class _Found:
    """What is there of a town."""

    keys: Mapping[str, Collection[str]]
    begun: Collection[str]
    """Areas whose later version is there."""
    deliveries: Mapping[str, Any]
    """By the digest of their bytes; of several with the same bytes the newest."""
    ruled: Collection[str] = ()
    """Programmes that have rules."""
    releases: Sequence[Any] = ()
    printed: _Printed = _Printed((), (), {})


async def _missing(api: Api, town: Town, known: bool) -> list[Step]:
    """What is missing of a town, in the order in which it can be made."""
    if not known:
        register = partial(api.create, _EVERYWHERE, "/v1/municipalities", town.municipality)
        return [Step(town.key, register), *_steps(api, town, _Found({}, (), {}))]
    releases = await api.all(town.key, f"/v1/{town.key}/releases")
    printed = await _printed(api, town)
    if _marked(releases, town) and not printed.lacks(town):
        return []
    return _steps(api, town, await _survey(api, town, releases, printed))


def _marked(releases: Iterable[Any], town: Town) -> list[Any]:
    """The releases that end the loading of exactly this state of the demo."""
    return [release for release in releases if release["note"] == _mark(town)]


async def _printed(api: Api, town: Town) -> _Printed:
    base, frozen, reports, coordinated = f"/v1/{town.key}", [], [], []
    if town.reports:
        reports = await api.all(town.key, f"{base}/reports")
    if town.catalogue:
        frozen = await api.all(town.key, f"{base}/catalogue/versions")
    if town.coordinated_reports:
        coordinated = await api.all(town.key, f"{base}/coordinated-reports")
    return _Printed(
        {report["key"] for report in reports},
        {version["title"]["de"] for version in frozen},
        {report["key"]: report for report in coordinated},
    )


async def _survey(api: Api, town: Town, releases: Sequence[Any], printed: _Printed) -> _Found:
    base = f"/v1/{town.key}"
    collections = [resources.collection for resources in town.resources]
    lists = await asyncio.gather(
        *(api.all(town.key, f"{base}/{r.collection}", r.query) for r in town.resources)
    )
    keys = {
        name: {item["key"] for item in items}
        for name, items in zip(collections, lists, strict=True)
    }
    begun = set()
    for area, version in town.later_versions.items():
        if area in keys["areas"]:
            versions = await api.get(town.key, f"{base}/areas/{area}/versions")
            if str(version.valid_from) in {known["valid_from"] for known in versions}:
                begun.add(area)
    deliveries = await api.all(town.key, f"{base}/deliveries")
    in_time = sorted(deliveries, key=lambda delivery: str(delivery["created_at"]))
    by_digest = {delivery["sha256"]: delivery for delivery in in_time}
    rules = await api.all(town.key, f"{base}/funding-rules") if town.rule_packs else []
    ruled = {rule["programme"] for rule in rules}
    return _Found(keys, begun, by_digest, ruled, releases, printed)


def _steps(api: Api, town: Town, found: _Found) -> list[Step]:
    base = f"/v1/{town.key}"
    steps = []
    for resources in town.resources:
        address, there = f"{base}/{resources.collection}", found.keys.get(resources.collection, ())
        steps += [
            Step(key, partial(api.create, town.key, address, item))
            for item in resources.items
            if (key := _key(item)) not in there
        ]
    for area, version in town.later_versions.items():
        if area not in found.begun:
            address = f"{base}/areas/{area}/versions"
            steps.append(Step(area, partial(api.create, town.key, address, version)))
    for pack in town.rule_packs:
        if pack not in found.ruled:
            address = f"{base}/rule-packs/{pack}/adoption"
            steps.append(Step(pack, partial(api.post, town.key, address)))
    delivered = [found.deliveries.get(table.digest(), {}) for table in town.tables]
    if any(delivery.get("state") not in _OVER for delivery in delivered):
        steps.append(Step("figures", partial(_publish, api, town, found.deliveries)))
    elif found.releases and not _marked(found.releases, town):
        steps.append(Step("release", partial(_release, api, town, [])))
    return [*steps, *_printing(api, town, found.printed)]


def _printing(api: Api, town: Town, found: _Printed) -> list[Step]:
    """What is made of figures that are released."""
    steps = [
        Step(report.key, partial(_report, api, town, report))
        for report in town.reports
        if report.key not in found.reports
    ]
    if town.catalogue and _title(town.catalogue) not in found.catalogues:
        address = f"/v1/{town.key}/catalogue/versions"
        steps.append(Step("catalogue", partial(api.create, town.key, address, town.catalogue)))
    steps += [
        Step(report.key, partial(_coordinated, api, town, report, found.stage(report)))
        for report in town.coordinated_reports
        if found.unmade(report)
    ]
    return steps


async def _report(api: Api, town: Town, report: NewReport) -> None:
    """Make a report of the release that ended the loading, or else of the newest."""
    release = await _ended_with(api, town)
    if release is not None:
        of_release = report.model_copy(update={"release": release["number"]})
        await api.create(town.key, f"/v1/{town.key}/reports", of_release)


async def _coordinated(
    api: Api, town: Town, report: NewCoordinatedReport, stage: str | None
) -> None:
    """Make a coordinated report of that release, approve it as somebody else, publish it; what of
    that is done already is not done again."""
    release, base = await _ended_with(api, town), f"/v1/{town.key}/coordinated-reports"
    if release is None:
        return
    if stage is None:
        on = datetime.fromisoformat(release["created_at"]).date()
        of_release = report.model_copy(update={"release": release["number"], "on": on})
        await api.create(town.key, base, of_release)
    if stage in (None, ReportStage.draft):
        await api.post(town.key, f"{base}/{report.key}/editions", {})
    if stage != ReportStage.approved:
        await api.post(town.key, f"{base}/{report.key}/editions/1/approval", by=SECOND)
    await api.post(town.key, f"{base}/{report.key}/editions/1/publication", {})


async def _ended_with(api: Api, town: Town) -> Any:
    """The release that ended the loading, or else the newest; None where there is none."""
    releases = await api.all(town.key, f"/v1/{town.key}/releases")
    found = _marked(releases, town) or releases
    return max(found, key=lambda release: int(release["number"]), default=None)


async def _publish(api: Api, town: Town, deliveries: Mapping[str, Any]) -> None:
    """Deliver the tables, approve them as somebody else, release them."""
    base, approved = f"/v1/{town.key}", []
    for table in town.tables:
        delivery = deliveries.get(table.digest())
        if delivery is None or delivery["state"] == "refused":
            delivery = await api.deliver(town.key, table)
        if delivery["state"] == "checked":
            delivery = await api.post(town.key, f"{base}/deliveries/{delivery['key']}/approval")
        if delivery["state"] == "approved":
            approved.append(delivery["key"])
    if approved:
        await _release(api, town, approved)


async def _release(api: Api, town: Town, deliveries: Sequence[str]) -> None:
    """Make figures public; without deliveries: compute what has been added to the demo since."""
    release = {"title": town.release, "note": _mark(town), "deliveries": deliveries}
    await api.post(town.key, f"/v1/{town.key}/releases", release)


def _key(item: Request) -> str:
    return str(item.model_dump(include={"key"})["key"])


def _title(texts: CatalogueVersionTexts) -> str:
    return texts.title["de"]


def _mark(town: Town) -> str:
    """By which the release of exactly this state of the demo is recognised."""
    items = [item for resources in town.resources for item in resources.items]
    parts = [item.model_dump_json() for item in (*items, *town.later_versions.values())]
    parts += town.rule_packs
    digest = sha256("".join([*parts, *(table.digest() for table in town.tables)]).encode())
    return f"Demo {digest.hexdigest()[:16]}"
