"""The HTTP API for programs, under /v1."""

from fastapi import APIRouter

router = APIRouter(prefix="/v1")
