"""The report of a fictional company around an agreement, by which `source` of an elections file is told.

Run by hand, it writes docs/examples/filing.txt, the sample that `planrules read` is shown on:

    python tests/render_filing.py > docs/examples/filing.txt
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

HEAD = """
                    SECURITIES AND EXCHANGE COMMISSION
                               FORM 10-K

[X]     ANNUAL REPORT

        For the fiscal year ended {ended}

                     {employer}

        {plan} is described in item 11.
<PAGE>
                          INDEX TO EXHIBITS

 (a)   3.1     Articles of Incorporation of the Registrant
{row}
       11      Computation of earnings per share
<PAGE>
"""
ENDED = "December 31, 1994"
DOCUMENT = "10-K for the year ended 1994-12-31"
ROOT = Path(__file__).parents[1]


def in_filing(text: str, elections: Mapping[str, Any], exhibit: str, *, titled: bool) -> str:
    """A 10-K with the agreement as an exhibit, its number right above it or only in the index."""
    plan = elections["plan"]["name"]
    row = f"      {exhibit:<8} Restated {plan}\n                of the Registrant"
    head = HEAD.format(ended=ENDED, employer=elections["employer"]["name"], plan=plan, row="" if titled else row)
    return head + (f"\n               EXHIBIT {exhibit}\n\n" if titled else "") + text


def example() -> str:
    """The sample filing."""
    from render import render  # noqa: PLC0415  only when it is written
    from render_style import Style  # noqa: PLC0415  likewise

    from planrules.form import load_form  # noqa: PLC0415  likewise
    from planrules.form.reader import load_layout  # noqa: PLC0415  likewise
    from planrules.form.strict_yaml import read_yaml  # noqa: PLC0415  likewise

    form = load_form("adoption-agreement-005")
    source = ROOT / "docs" / "examples" / "agreement-with-answers.yaml"
    elections = read_yaml(source.read_text(encoding="utf-8")).data
    filled = {str(citation): blanks or {} for citation, blanks in elections["checked"].items()}
    elections = {**elections, "checked": filled, "not_applicable": [str(mark) for mark in elections["not_applicable"]]}
    style = Style(trailing=False, airy=False, page_break="- {} -\n<PAGE>", width=76)
    text = render(elections, form, load_layout(form.name), style).text
    return in_filing(text, elections, "10.3", titled=False).lstrip("\n")


if __name__ == "__main__":
    sys.stdout.write(example())
