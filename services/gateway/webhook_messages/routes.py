"""Messages as receivers of webhooks get them. Described in the API document, answered by others."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, Response

from services.gateway.webhook_messages import rules

messages = APIRouter()
_DESCRIPTION = """What receivers of `webhooks` get, one event in each request, signed by the
rules of Standard Webhooks. Check the signature over the bytes as they came, answer 2xx within 15
seconds and do the work later; remember `webhook-id` and do each once. Anything but 2xx is tried
again by the schedule, 410 ends it. The examples show each type; whoever does not belong to the
administration gets `id` and `revision` in `data`, as here."""
_DONE: dict[int | str, dict[str, Any]] = {
    204: {"description": "Received. Any 2xx will do, and what it says is not read."}
}


async def _received(
    id: Annotated[
        str,
        Header(
            alias="webhook-id",
            description="The same in every attempt and replay.",
            examples=["msg_0197f3a45b6c7d8e9f00112233445566"],
        ),
    ],
    timestamp: Annotated[
        int,
        Header(
            alias="webhook-timestamp",
            description="Seconds since 1970; do not believe what is older than five minutes.",
            examples=[1750266251],
        ),
    ],
    signature: Annotated[
        str,
        Header(
            alias="webhook-signature",
            description="One signature for each secret that is valid; one that fits is enough.",
            examples=["v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="],
        ),
    ],
) -> None:
    """Described only."""


for service in ("boards", "gateway", "indicators", "projects"):
    content = {
        "schema": {"$ref": "#/components/schemas/Event"},
        "examples": rules.examples(service),
    }
    messages.add_api_route(
        service,
        _received,
        methods=["POST"],
        operation_id=f"receive{service.title()}Event",
        tags=["Webhooks"],
        summary=f"Be told what happened in {service}",
        description=_DESCRIPTION,
        status_code=204,
        responses=_DONE,
        response_class=Response,
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {"application/cloudevents+json": content},
            },
            "security": [],
        },
    )
