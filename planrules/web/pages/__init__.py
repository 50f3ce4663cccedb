"""The pages for one person."""

from fastapi import APIRouter

router = APIRouter()
