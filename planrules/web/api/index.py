"""`GET /v1`: where what is."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from planrules.web.api.replies import dumped, tagged
from planrules.web.api.telling import ERRORS
from planrules.web.api.version_models import Index

router = APIRouter(tags=["api"])
_INDEX = Index(plans="/v1/plans", answers="/v1/answers", evaluations="/v1/evaluations", openapi="/v1/openapi.json")


@router.get("/v1", response_model=Index, responses=ERRORS, summary="Where what is")
async def index(request: Request) -> Response:
    """The addresses to begin with; what each takes stands in the OpenAPI document."""
    return tagged(request, dumped(_INDEX))
