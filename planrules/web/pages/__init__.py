"""The pages for one person: start, facts, check, answer, what if; and the plan's rules and versions.

`fields`, `filling` and `reading` are the form on a person's facts, `telling` lays an answer out, `supposing` changes
facts for a what-if. The other modules are routes.
"""

from fastapi import APIRouter

from planrules.web.pages import checking, facts, readings, result, rules, start, unclear_places, versions, what_if

router = APIRouter()
for part in (start, facts, checking, what_if, result, readings, rules, unclear_places, versions):
    router.include_router(part.router)
