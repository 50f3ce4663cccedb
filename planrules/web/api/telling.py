"""What the OpenAPI says of every path: its errors."""

from typing import Any

from planrules.web.api.models import ProblemDocument
from planrules.web.problems import MEDIA_TYPE

_EXAMPLE = {
    "type": "urn:planrules:error:people",
    "title": "Facts about a person cannot all be true, or cannot be read",
    "status": 422,
    "detail": "person, pay row 1, hours: a negative amount or negative hours. Write zero or more.",
    "problems": [
        {
            "what": "a negative amount or negative hours",
            "where": "person, pay row 1, hours",
            "why": "",
            "do": "Write zero or more.",
            "pointer": "/person/pay/0/hours",
        }
    ],
}
_SCHEMA = {"schema": {"$ref": f"#/components/schemas/{ProblemDocument.__name__}"}, "example": _EXAMPLE}
PROBLEM: dict[str, Any] = {
    "description": "Refused: the problems, each with a JSON pointer and without any value of the request.",
    "content": {MEDIA_TYPE: _SCHEMA},
}
ERRORS: dict[int | str, dict[str, Any]] = {"4XX": PROBLEM, "5XX": PROBLEM}
"""The errors of every path."""
