"""Charts over HTTP: as specification or as picture, the same wherever one is answered."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any

from fastapi import Depends, Query, Response
from sqlmodel.ext.asyncio.session import AsyncSession

from services.contracts.indicators.charts import ChartForm, VegaLite
from services.kit.drawing import pictures
from services.kit.languages import VARIES
from services.kit.negotiation import Accept

CHART: dict[int | str, dict[str, Any]] = {
    200: {
        "model": VegaLite,
        "content": {
            pictures.MEDIA["vega-lite"]: {"schema": {"$ref": "#/components/schemas/VegaLite"}},
            pictures.MEDIA["svg"]: {"schema": {"type": "string"}, "example": "<svg></svg>"},
            pictures.MEDIA["png"]: {"schema": {"type": "string", "format": "binary"}},
        },
    },
}


async def _form(
    format: Annotated[ChartForm | None, Query(description="Or by the header `Accept`.")] = None,
    accept: Accept = "",
) -> ChartForm:
    return pictures.form_of(accept, format)


Form = Annotated[ChartForm, Depends(_form)]


async def answered(
    session: AsyncSession,
    spec: Mapping[str, Any],
    form: ChartForm,
    more: Mapping[str, str] = MappingProxyType({}),
) -> Response:
    """The chart in the form that is asked for, with these headers besides."""
    headers = {"Vary": f"Accept, {VARIES}", **more, **pictures.alone(form)}
    await session.close()  # others have the connection while this is drawn
    return Response(await pictures.made(spec, form), 200, headers, pictures.MEDIA[form])
