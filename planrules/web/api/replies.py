"""Replies as JSON, with an entity tag: who has them already is told so instead."""

import json
from typing import Any

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from planrules.web.audit import hash_of

JSON = "application/json"


def dumped(value: BaseModel | dict[str, Any]) -> str:
    """JSON as the API writes it."""
    if isinstance(value, BaseModel):
        return value.model_dump_json(by_alias=True)
    return json.dumps(value, ensure_ascii=False, default=str, separators=(",", ":"))


def tagged(request: Request, text: str) -> Response:
    """A reply that may be kept and asked about again; 304 where the caller has it."""
    tag = tag_of(text)
    headers = {"etag": tag, "cache-control": "private, no-cache"}
    known = {each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")}
    if tag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    return Response(text, headers=headers, media_type=JSON)


def tag_of(text: str) -> str:
    """The entity tag of a reply."""
    return f'"{hash_of(text)[:32]}"'
