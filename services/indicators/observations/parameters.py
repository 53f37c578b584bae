"""What stands in the address and the headers of a question for figures."""

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import Depends, Query, Request

from services.contracts.indicators.territory import WeightKind
from services.contracts.shared.base import Key
from services.indicators.observations import filters, rules
from services.indicators.observations.answers import MEDIA, PAGED, Presentation
from services.indicators.observations.representations.sdmx_csv import Style
from services.indicators.observations.rules import Form, Question
from services.indicators.observations.shapes import Detail
from services.kit import negotiation
from services.kit.problems import Invalid, NotAcceptable

_FORMS: dict[str, Form] = {media_type: form for form, media_type in MEDIA.items()}
_VERSIONS: dict[str, Literal["2.0.0", "2.1.0"]] = {
    "2.0.0": "2.0.0",
    "2.0": "2.0.0",
    "2": "2.1.0",
    "2.1.0": "2.1.0",
    "2.1": "2.1.0",
}
_STYLES: dict[str, tuple[str, frozenset[str]]] = {
    "labels": ("labels", frozenset({"id", "name", "both"})),
    "timeformat": ("time_format", frozenset({"original", "normalized"})),
    "keys": ("keys", frozenset({"none", "obs", "series", "both"})),
}
CATEGORIES: dict[str, Any] = {
    "parameters": [
        {
            "name": "c",
            "in": "query",
            "style": "deepObject",
            "explode": True,
            "required": False,
            "description": "Categories by dimension: `c[GES]=GESM,GESW`, `c[ALT]=*` (every "
            "category), `c[GES]=total` (not broken down by it). Other dimensions: all.",
            "schema": {"type": "object", "additionalProperties": {"type": "string"}},
            "example": {"GES": "GESM,GESW"},
        }
    ]
}


async def _question(
    request: Request,
    indicator: Annotated[
        str,
        Query(description="Keys of indicators, separated by commas.", examples=["bevoelkerung"]),
    ],
    area: Annotated[
        str | None, Query(description="Keys of areas, separated by commas; all if not given.")
    ] = None,
    level: Annotated[Key | None, Query(description="Areas that are or were of this level.")] = None,
    within: Annotated[
        Key | None, Query(description="Areas that are or were below this one, at any depth.")
    ] = None,
    start: Annotated[
        str | None, Query(alias="from", description="First period: `2016`, `2016-03`, `2016-Q1`.")
    ] = None,
    until: Annotated[str | None, Query(description="Last period: `2024`, `2024-12-31`.")] = None,
    period: Annotated[
        str | None,
        Query(
            description="These periods, by their names: `2023,2024`; or `latest`, "
            "`previous-year`, `latest,previous-year`: the newest of what is asked for, and the "
            "same day a year before.",
            max_length=4000,
        ),
    ] = None,
    last: Annotated[
        int | None,
        Query(
            ge=1,
            le=rules.MOST_DAYS,
            description="The so many newest days on which periods end, of each indicator.",
        ),
    ] = None,
    breakdown: Annotated[
        str | None,
        Query(
            description="Such as `GES:GESM,total`; parts of one are joined with `;`. All if not "
            "given.",
            max_length=4000,
        ),
    ] = None,
    status: Annotated[
        str | None, Query(description="Figures of these states only: `confidential,unknown`.")
    ] = None,
    as_of: Annotated[
        str | None,
        Query(
            max_length=40,
            description="As the figures stood with this release: its number, or a day or moment "
            "(ISO 8601) whose newest release is meant. A day means its end.",
        ),
    ] = None,
    updated_after: Annotated[
        str | None,
        Query(
            max_length=40,
            description="Only figures that are new or changed since that release, day or moment; "
            "those that are no longer there are named as `gone`.",
        ),
    ] = None,
    territory: Annotated[
        date | None,
        Query(description="A day: figures of every time as in the territory of then."),
    ] = None,
    weights: Annotated[
        WeightKind | None,
        Query(
            description="With `territory`: by which shares areas are divided; each crosswalk's "
            "first kind where it does not list this one."
        ),
    ] = None,
) -> Question:
    first = None if start is None else rules.first_day(start)
    end = None if until is None else rules.last_day(until)
    rules.check_order(first, end)
    rules.check_territory(territory, updated_after)
    periods = rules.periods(period, last)
    given = filters.by_dimension(
        (name, text) for name, text in request.query_params.multi_items() if name[:2] == "c["
    )
    parts = None if breakdown is None else filters.breakdowns(breakdown)
    release, moment = (None, None) if as_of is None else rules.state("as_of", as_of)
    since, after = (
        (None, None) if updated_after is None else rules.state("updated_after", updated_after)
    )
    return Question(
        indicators=rules.keys("indicator", indicator),
        areas=None if area is None else rules.keys("area", area),
        level=level,
        within=within,
        start=first,
        end=end,
        breakdowns=parts,
        pattern=filters.pattern(given),
        named=given + filters.named_in(parts or ()),
        statuses=None if status is None else rules.statuses(status),
        periods=periods.names,
        period_ends=periods.ends,
        newest=periods.newest,
        before=periods.before,
        release=release,
        moment=moment,
        since=since,
        since_moment=after,
        territory=territory,
        weights=weights,
    )


async def _presentation(
    format: Annotated[Form | None, Query(description="Or by the header `Accept`.")] = None,
    accept: negotiation.Accept = "",
    basis: Annotated[
        bool, Query(description="With what computed figures were computed from (JSON forms).")
    ] = False,
    limit: Annotated[
        int,
        Query(ge=1, le=rules.MOST_FIGURES, description="Figures per page, of `json` and `rows`."),
    ] = rules.MOST_FIGURES,
    cursor: Annotated[
        str | None, Query(max_length=800, description="From `next` of the page before.")
    ] = None,
    labels: Annotated[
        Literal["id", "name", "both"] | None,
        Query(description="Of SDMX-CSV: codes, names beside codes, or `code: name`."),
    ] = None,
    time_format: Annotated[
        Literal["original", "normalized"] | None,
        Query(description="Of SDMX-CSV: periods by name, or all as their last day."),
    ] = None,
    keys: Annotated[
        Literal["none", "obs", "series", "both"] | None,
        Query(description="Of SDMX-CSV: with the key of the series, of the observation, or both."),
    ] = None,
    geometry: Annotated[
        Detail, Query(description="Of GeoJSON: which shapes of the areas.")
    ] = "simplified",
    tolerance: Annotated[
        int | None,
        Query(
            ge=1,
            le=10_000,
            description="Of GeoJSON: simplify to so many metres; else by the extent of the level.",
        ),
    ] = None,
) -> Presentation:
    given = {"labels": labels, "timeformat": time_format, "keys": keys}
    asked: dict[str, str] = {name: value for name, value in given.items() if value is not None}
    form = format
    if form is None:
        taken = negotiation.representation(accept, list(_FORMS))
        if taken is None:
            raise NotAcceptable(f"There is {', '.join(MEDIA.values())}.")
        form = _FORMS[taken.media_type]
        asked = {**taken.parameters, **asked}
    if form not in PAGED and (cursor is not None or limit != rules.MOST_FIGURES):
        raise Invalid("Pages are for the forms json and rows.", parameter="limit", code="not_paged")
    return Presentation(
        form=form,
        basis=basis,
        style=_style(asked) if form == "sdmx-csv" else Style(),
        geometry=geometry,
        tolerance=tolerance,
        limit=limit,
        after=None if cursor is None else rules.place(cursor),
    )


def _style(parameters: dict[str, str]) -> Style:
    """Of the media type's parameters; 406 for a version or a value that is not spoken."""
    chosen: dict[str, Any] = {}
    for name, value in parameters.items():
        if name == "version":
            if value not in _VERSIONS:
                raise NotAcceptable("SDMX-CSV is spoken in the versions 2.0.0 and 2.1.0.")
            chosen["version"] = _VERSIONS[value]
        elif name in _STYLES:
            field, known = _STYLES[name]
            if value not in known:
                raise NotAcceptable(f"{name} is one of {', '.join(sorted(known))}.")
            chosen[field] = value
    return Style(**chosen)


OfQuestion = Annotated[Question, Depends(_question)]
InForm = Annotated[Presentation, Depends(_presentation)]
