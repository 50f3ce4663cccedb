"""The HTTP API for programs, under /v1."""

from fastapi import APIRouter, Depends

from planrules.web.api import answers, changes, evaluations, index, plans, versions
from planrules.web.api.openapi import router as openapi_router
from planrules.web.api.queries import check_query

router = APIRouter(dependencies=[Depends(check_query)])
router.include_router(index.router)
for _each in (answers, plans, changes, versions, evaluations):
    router.include_router(_each.router, prefix="/v1")
router.include_router(openapi_router, prefix="/v1")
