"""Runs the command line in this process as a new user would, and sees to it that no refusal is a traceback."""

from pathlib import Path
from typing import NamedTuple

import pytest
from asking import ROOT

from planrules.cli import run

CLEAN, FINDINGS, USAGE, BAD_DATA = 0, 1, 2, 3


class Printed(NamedTuple):
    """What a command gave: exit code, standard output and standard error."""

    code: int
    out: str
    error: str


class Shell:
    """The command line in the project's folder, on a screen so wide that no sentence is broken.

    `home` is where programs keep files for their user.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], home: Path) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys
        monkeypatch.chdir(ROOT)
        monkeypatch.setenv("COLUMNS", "500")
        monkeypatch.setenv("XDG_CONFIG_HOME", str(home))

    def __call__(self, *words: object) -> Printed:
        """Runs `planrules` with these words. Something is said on standard error exactly when it refuses."""
        self._monkeypatch.setattr("sys.argv", ["planrules", *map(str, words)])
        code: object = CLEAN
        try:
            run()
        except SystemExit as exit_:
            code = exit_.code or CLEAN
        said = self._capsys.readouterr()
        assert isinstance(code, int)
        assert (code == CLEAN) == (said.err == "") or not words, said.err
        return Printed(code, said.out, said.err)
