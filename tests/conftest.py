"""What tests ask for by name, and how examples are drawn.

A test draws the same examples every time: who changes nothing sees nothing change. With the environment variable
PLANRULES_SEARCH set they are drawn at random, in search of what nobody has met yet.
"""

import os

import pytest
from hypothesis import settings
from shell import Shell

settings.register_profile("same", derandomize=True)
settings.register_profile("search", derandomize=False)
settings.load_profile("search" if os.environ.get("PLANRULES_SEARCH") else "same")


@pytest.fixture
def shell(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path_factory: pytest.TempPathFactory
) -> Shell:
    """The command line."""
    return Shell(monkeypatch, capsys, tmp_path_factory.mktemp("home"))
