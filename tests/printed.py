"""Writes planrules/form/adoption_agreement_005/printed.yaml from a filing that has the whole form.

    python tests/printed.py FILING > planrules/form/adoption_agreement_005/printed.yaml

Each line says how many words the form prints between one box or heading and the next, and a checksum of them. By it
the reader tells printed words from typed ones; the words cannot be told from it. Run it again when a place in
layout.yaml is moved, and read the difference: it may only touch the segments of that place.
"""

import sys
from pathlib import Path

from planrules.form import load_form
from planrules.form.reader import load_layout, read_text

HEAD = """# The words that the form prints between one box or heading and the next: how many, and a checksum of them.
# By it the reader tells printed words from typed ones. Written by tests/printed.py.
"""


def printed(filing: str) -> str:
    """The file's text, for the form as it stands in a filing."""
    form, layout = load_form("adoption-agreement-005"), load_layout("adoption-agreement-005")
    found = read_text(filing, form, layout.model_copy(update={"printed": {}}))
    if found is None:
        return ""
    return HEAD + "\n" + "".join(f'"{citation}": {words}\n' for citation, words in found.printed.items())


if __name__ == "__main__":
    sys.stdout.write(printed(Path(sys.argv[1]).read_text(encoding="utf-8")))
