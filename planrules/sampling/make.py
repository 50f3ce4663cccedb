"""A sample workforce on disk: its files as employers have them, the mapping that reads them, and what they come to.

| in the folder | what |
|---|---|
| files/ | census, payroll, predecessor service, classes and balances, with the defects asked for |
| files/map.yaml | the mapping of these files |
| people/ | the tables that the files without defects come to, as `read_people` reads them |
| defects.csv | where the defects are: file, row, column, rule and employee_id |

People are made in blocks, so that memory does not grow with their number; nobody depends on the block or the number.
"""

import shutil
from importlib.resources import files as resources
from pathlib import Path

import polars as pl

from planrules.errors import PeopleError, Problem
from planrules.people.folders import written_whole
from planrules.sampling import defects, files, tables
from planrules.sampling.draws import NUMBER, Draws
from planrules.sampling.pay import pay_rows
from planrules.sampling.shape import Shape, steel
from planrules.sampling.workforce import KEY, workforce

BLOCK = 20_000
"""People made at once."""
MAPPING = "map.yaml"


def make_sample(  # noqa: PLR0913  each says another thing of the sample
    folder: str | Path, people: int, seed: int, *, years: int = 3, spoiled: int = 0, force: bool = False
) -> None:
    """Writes a sample of so many people, with so many years of pay and defects. The same numbers give the same bytes.

    A folder with other content is written over only with `force`.

    Raises:
        PeopleError: the folder cannot be written or has other content, or there are fewer people than defects need.
    """
    if spoiled * 2 > people:
        raise PeopleError([_too_many()])
    with written_whole(Path(folder), "The sample goes", force=force) as made:
        _make(made, people, Draws(seed), years, spoiled)


def _make(folder: Path, people: int, draws: Draws, years: int, spoiled: int) -> None:
    shape = steel()
    (folder / "files").mkdir()
    text = resources("planrules.sampling").joinpath(MAPPING).read_text("utf-8")
    (folder / "files" / MAPPING).write_text(text, encoding="utf-8")
    starts = range(0, people, BLOCK)
    at = dict.fromkeys(files.WRITTEN, 0)
    found = []
    for start in starts:
        count = min(BLOCK, people - start)
        share = spoiled * (start + count) // people - spoiled * start // people
        found.append(_block(folder, (start, count, share, years), at, shape, draws))
    _tables_joined(folder, len(starts))
    pl.concat(found).sort("file", "row", "column").write_csv(folder / "defects.csv")


def _block(
    folder: Path, numbers: tuple[int, int, int, int], at: dict[str, int], shape: Shape, draws: Draws
) -> pl.DataFrame:
    """Adds a block of people to the files, and gives where its defects are; `at` counts the lines of each file."""
    start, count, spoiled, years = numbers
    people = workforce(start, count, shape, draws)
    rows = pay_rows(people, shape, draws, years)
    owned = tables.balances(people, rows, draws)
    parts = folder / "parts" / f"{start:012}"
    parts.mkdir(parents=True)
    for name, table in tables.truth(people, rows, owned, shape).items():
        table.write_parquet(parts / f"{name}.parquet")
    sheets, found = defects.put_in(files.sheets(people, rows, owned, shape, draws), spoiled, shape.through, draws)
    ids = people.select(NUMBER, KEY)
    placed = []
    for name, sheet in sheets.items():
        _append(folder / "files" / name, name, sheet, first=at[name] == 0)
        first_line = at[name] + 1 + (1 if files.WRITTEN[name].header else 0)
        mine = found.filter(pl.col("file") == name).join(ids, on=NUMBER)
        placed.append(mine.select("file", pl.col("row") + first_line, "column", "rule", KEY))
        at[name] += sheet.height
    return pl.concat(placed)


def _append(file: Path, name: str, sheet: pl.DataFrame, *, first: bool) -> None:
    written = files.WRITTEN[name]
    text = files.lines(name, sheet)
    short = pl.DataFrame({"text": text, "cut": sheet[defects.CUT]}).select(
        pl.when("cut").then(pl.col("text").str.replace(r",[^,]*$", "")).otherwise("text").alias("text")
    )["text"]
    ending = written.ending
    encoding = written.encoding if first else written.encoding.removesuffix("-sig")
    with file.open("ab") as out:
        if first:
            out.write(files.header(name).encode(encoding))
            encoding = encoding.removesuffix("-sig")
        if short.len():
            out.write((ending.join(short) + ending).encode(encoding))


def _tables_joined(folder: Path, blocks: int) -> None:
    """The tables of all blocks as one file each, without holding them in memory."""
    (folder / "people").mkdir()
    parts = sorted((folder / "parts").iterdir())
    for name in sorted(file.stem for file in parts[0].iterdir()):
        target = folder / "people" / f"{name}.parquet"
        if blocks == 1:
            (parts[0] / f"{name}.parquet").replace(target)
        else:
            pl.scan_parquet([part / f"{name}.parquet" for part in parts]).sink_parquet(target)
    shutil.rmtree(folder / "parts")


def _too_many() -> Problem:
    return Problem(
        what="more defects than half the people",
        where="--defects",
        why="Each defect is put at another person.",
        do="Ask for fewer defects or more people.",
    )
