"""The workload that every engine gets: people drawn once, three rules, and what the answers have to be.

Of a person: the day of hire, the hours of twenty 12-month years, a year's compensation and the share of it deferred.
The rules, as the engines get them:

- *vested*: 100 with five or more years of 1,000 hours, else 0,
- *entry*: the first quarter start (1 January, April, July, October) on or after the anniversary that closes the first
  year with 1,000 hours, as yyyymm; 0 where there is no such year,
- *match*: compensation times (100% of the first 3% deferred and 50% of the next 3%).

Left out of it, so that every engine can take part: rehires, breaks, the switch to Plan Years and 29 February.

python -m peers.workload FOLDER PEOPLE    writes the people and the answers of NumPy, for processes to read
"""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

YEARS = 20
HOURS = 1000
HALF_A_CENT = 0.005
LEAST_TOLERANCE, TOLERANCE = 1.0, 1e-6
"""By how much the sums of the match may differ: dollars, or as a share of the sum, whichever is more."""
_BY_PERSON = HALF_A_CENT + 1e-6
_SEED = 7


class People(NamedTuple):
    """One array a fact, a place a person; `hours` has a column a year."""

    hired_year: NDArray[np.int32]
    hired_month: NDArray[np.int32]
    hired_day: NDArray[np.int32]
    hours: NDArray[np.int32]
    compensation: NDArray[np.float64]
    deferral: NDArray[np.float64]

    @property
    def count(self) -> int:
        """How many people there are."""
        return len(self.compensation)


class Answers(NamedTuple):
    """The three answers, an array each: percent, yyyymm and dollars."""

    vested: NDArray[np.int64]
    entry: NDArray[np.int64]
    match: NDArray[np.float64]

    @property
    def sums(self) -> tuple[int, int, float]:
        """What all people's answers add up to."""
        vested, entry = (int(np.sum(each, dtype=np.int64)) for each in (self.vested, self.entry))
        return vested, entry, round(float(np.sum(self.match, dtype=np.float64)), 2)


def answers(vested: ArrayLike, entry: ArrayLike, match: ArrayLike) -> Answers:
    """Answers from whatever arrays or lists an engine gives."""
    return Answers(
        np.asarray(vested, dtype=np.int64), np.asarray(entry, dtype=np.int64), np.asarray(match, dtype=np.float64)
    )


def draw(count: int) -> People:
    """So many people, the same on every machine."""
    random = np.random.default_rng(_SEED)
    year = random.integers(1985, 2006, count).astype(np.int32)
    month = random.integers(1, 13, count).astype(np.int32)
    day = random.integers(1, 29, count).astype(np.int32)
    day[random.random(count) < 0.10] = 1
    hours = random.normal(1100, 600, (count, YEARS)).clip(0, 2600).round().astype(np.int32)
    compensation = random.integers(20_000, 250_000, count).astype(np.float64)
    return People(year, month, day, hours, compensation, random.integers(0, 16, count) / 100.0)


def reference(people: People) -> Answers:
    """The three rules in plain NumPy."""
    reached = people.hours >= HOURS
    month = people.hired_month
    on_quarter = (people.hired_day == 1) & (month % 3 == 1)
    quarter = np.where(on_quarter, month, (month - 1) // 3 * 3 + 4)
    year = people.hired_year + reached.argmax(axis=1) + 1 + (quarter > 12)
    entry = np.where(reached.any(axis=1), year * 100 + np.where(quarter > 12, 1, quarter), 0)
    share = np.minimum(people.deferral, 0.03) + 0.5 * np.clip(people.deferral - 0.03, 0, 0.03)
    return answers(np.where(reached.sum(axis=1) >= 5, 100, 0), entry, people.compensation * share)


def equal(found: Answers, expected: Answers) -> bool:
    """Whether everybody's answers are the expected ones.

    Money may differ by half a cent a person, since an engine may pay whole cents, and in sum by the tolerance.
    """
    total = expected.sums[2]
    return bool(
        np.array_equal(found.vested, expected.vested)
        and np.array_equal(found.entry, expected.entry)
        and np.all(np.abs(found.match - expected.match) <= _BY_PERSON)
        and abs(found.sums[2] - total) < max(LEAST_TOLERANCE, TOLERANCE * total)
    )


def write(folder: Path, arrays: People | Answers) -> None:
    """Writes each array to a file of its name."""
    for name, array in arrays._asdict().items():
        np.save(folder / f"{name}.npy", array)


def _read(folder: Path, names: Iterable[str]) -> list[NDArray[np.generic]]:
    return [np.load(folder / f"{name}.npy") for name in names]


def read_people(folder: Path) -> People:
    """The people that `write` wrote."""
    return People(*_read(folder, People._fields))


def read_answers(folder: Path) -> Answers:
    """The answers that `write` wrote."""
    return Answers(*_read(folder, Answers._fields))


if __name__ == "__main__":
    drawn = draw(int(sys.argv[2]))
    write(Path(sys.argv[1]), drawn)
    write(Path(sys.argv[1]), reference(drawn))
