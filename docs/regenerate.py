# ruff: noqa: INP001 - a script beside the pages
"""Rewrites in the documentation what the program says: the reference pages, the sample table and all shown output.

python docs/regenerate.py            rewrites what is stale
python docs/regenerate.py --check    names what is stale and exits with 1
"""

import sys

from pages import fresh_pages, place


def main(check: bool) -> int:  # noqa: FBT001  the one switch
    """Rewrites the stale pages, or only names them."""
    stale = {page: text for page, text in fresh_pages() if not page.exists() or page.read_text("utf-8") != text}
    for page, text in stale.items():
        if not check:
            page.parent.mkdir(exist_ok=True)
            page.write_text(text, "utf-8")
        sys.stdout.write(f"{'stale' if check else 'rewritten'}: {place(page)}\n")
    return 1 if check and stale else 0


if __name__ == "__main__":
    raise SystemExit(main(check="--check" in sys.argv[1:]))
