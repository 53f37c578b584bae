"""Refusals as clients see them (RFC 9457)."""

from pydantic import BaseModel, ConfigDict, Field


class Fault(BaseModel):
    """One thing that is wrong, and where."""

    pointer: str | None = Field(
        default=None, description="JSON pointer (RFC 6901) into the request body."
    )
    parameter: str | None = Field(default=None, description="Name of the query or path parameter.")
    header: str | None = Field(default=None, description="Name of the header.")
    code: str = Field(description="Stable short name of what is wrong.")
    detail: str = Field(description="What is wrong, for a person.")
    line: int | None = Field(
        default=None, description="Line of the text at the pointer, counted from 1."
    )
    column: int | None = Field(default=None, description="Character of that line, counted from 1.")


class ProblemDetails(BaseModel):
    """A refusal. `type` is stable and leads to a page that explains it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "/problems/invalid",
                    "title": "The input is not valid",
                    "status": 422,
                    "detail": "1 value was refused; nothing was stored.",
                    "instance": "urn:uuid:0193d3a4-5b6c-7d8e-9f00-112233445566",
                    "errors": [
                        {
                            "pointer": "/name",
                            "code": "value_error",
                            "detail": "the German text (de) is required",
                        }
                    ],
                }
            ]
        }
    )

    type: str
    title: str
    status: int
    detail: str
    instance: str = Field(description="Identifies this one request in the logs.")
    errors: list[Fault] = Field(default_factory=list)


class ProblemType(BaseModel):
    """What a problem type means and what to do about it: the page behind `type`."""

    slug: str
    status: int
    title: str
    explanation: str
