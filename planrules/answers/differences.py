"""The other readings: which options are evaluated beside the one in force."""

from collections.abc import Iterator

from planrules.plan import Terms, catalogue


def other_options(terms: Terms) -> Iterator[tuple[str, str]]:
    """Each reading that an answer can depend on, with each option that is not in force."""
    for name, reading in catalogue().items():
        if not reading.bears_on:
            continue
        for option in reading.options:
            if option != terms.choices[name]:
                yield name, option
