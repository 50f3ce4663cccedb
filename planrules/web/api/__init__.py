"""The HTTP API for programs, under /v1."""

from fastapi import APIRouter

from planrules.web.api import answers, evaluations, plans
from planrules.web.api.openapi import router as openapi_router

router = APIRouter(prefix="/v1")
for _each in (answers.router, plans.router, evaluations.router, openapi_router):
    router.include_router(_each)
