"""A PostgreSQL of the tests' own: a cluster in a temporary folder, reached by a socket in it, and gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

ADMIN = "postgres"
_NUMBERS = count(1)
_OPTIONS = ("listen_addresses=", "fsync=off", "max_connections=60", "timezone=America/Kentucky/Louisville")
"""Nothing of the network; a time zone that is none of the tests'; what a test writes need not outlive the machine."""


class Cluster:
    """A running PostgreSQL.

    Args:
        programs: where its programs are.
        folder: where it has its data and its socket.
        before: what stands before each command, so that it does not run as root.
    """

    def __init__(self, programs: Path, folder: Path, before: tuple[str, ...]) -> None:
        self._programs, self._folder, self._before = programs, folder, before
        self._run("initdb", "--auth=trust", f"--username={ADMIN}", "--encoding=UTF8", "--no-sync", "--locale=C")
        self.start()

    def start(self) -> None:
        """Starts it, and waits until it takes connections."""
        options = " ".join(f"-c {each}" for each in (*_OPTIONS, f"unix_socket_directories={self._folder}"))
        log = str(self._folder / "log")
        self._run("pg_ctl", "--wait", "--silent", f"--log={log}", f"--options={options}", "start")

    def stop(self) -> None:
        """Stops it at once; whoever is connected is cut off."""
        self._run("pg_ctl", "--wait", "--silent", "--mode=fast", "stop")

    def database(self) -> str:
        """A new and empty database; gives its name."""
        name = f"planrules_{next(_NUMBERS)}"
        self.administer(f"CREATE DATABASE {name}")
        return name

    def url(self, database: str, user: str = ADMIN) -> str:
        """The address of a database for somebody, as SQLAlchemy writes it."""
        return f"postgresql+psycopg://{user}@/{database}?host={self._folder}"

    def administer(self, *statements: str, database: str = "postgres") -> None:
        """Runs statements as the administrator."""
        engine = create_engine(self.url(database), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))
        engine.dispose()

    def _run(self, program: str, *words: str) -> None:
        data = f"--pgdata={self._folder / 'data'}"
        command = [*self._before, str(self._programs / program), data, *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", timeout=60)  # noqa: S603
        assert done.returncode == 0, f"{program}: {done.stdout}{done.stderr}"


def programs() -> Path | None:
    """Where the programs of PostgreSQL are; null where it is not installed."""
    if (found := shutil.which("initdb")) is not None:
        return Path(found).parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    return installed[-1].parent if installed else None


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A cluster as long as it is needed; where there can be none, the test is skipped and says why."""
    pytest.importorskip("psycopg", reason="The driver of PostgreSQL is not installed: pip install '.[postgres]'.")
    found = programs()
    if found is None:
        pytest.skip("PostgreSQL is not installed: no initdb in PATH or /usr/lib/postgresql.")
    folder, before = Path(tempfile.mkdtemp(prefix="planrules-")), ()
    if os.geteuid() == 0:
        try:
            pwd.getpwnam(ADMIN)
        except KeyError:
            pytest.skip("PostgreSQL does not run as root, and there is no user `postgres`.")
        shutil.chown(folder, ADMIN)
        before = ("runuser", "-u", ADMIN, "--")
    running = None
    try:
        running = Cluster(found, folder, before)
        yield running
    finally:
        if running is not None:
            running.stop()
        shutil.rmtree(folder, ignore_errors=True)
