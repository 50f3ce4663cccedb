"""The pages for everybody: the list and the upload."""

from fastapi import APIRouter

router = APIRouter()
