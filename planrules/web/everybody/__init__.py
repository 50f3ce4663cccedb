"""The pages for everybody: the list with its filters, and the upload of a census.

A `roster` is an evaluation brought to one row a person; `rosters` keeps a few. `filters`, `listing` and `telling`
choose, order and word its rows; `pace` and `readings` work out what the filters need. `receiving` reads uploaded files
by one of the `layouts` or a mapping of the uploader's own, and `uploads` keeps what came of them, in memory alone.
"""

from fastapi import APIRouter

from planrules.web.everybody import list_pages, person_pages, upload_pages

router = APIRouter(include_in_schema=False)
router.include_router(upload_pages.router)
router.include_router(list_pages.router)
router.include_router(person_pages.router)
