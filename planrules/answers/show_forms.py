"""Section 6.02 of a plan in plain words: the forms in which a benefit is paid."""

from collections.abc import Iterator

from planrules.plan import Terms

Line = tuple[str, tuple[str, ...]]


def form_lines(terms: Terms) -> Iterator[Line]:
    """A lump sum, instalments, annuities, securities: what there is, and in words what limits it."""
    by, part = terms.set_by, terms.payment_forms
    if part.lump_sum_limit is None:
        yield "Paid in a lump sum.", by["lump_sum_limit"]
    else:
        yield f"A lump sum is limited; written in: “{part.lump_sum_limit}”.", by["lump_sum_limit"]
    yield f"{_instalments(terms)}.", by["instalments"]
    if part.annuities is not None:
        yield f"Annuities; written in: “{part.annuities}”.", by["annuities"]
    elif "AA 6.02(d)" in by["annuities"]:
        yield "No annuities.", by["annuities"]
    if part.employer_securities:
        yield "Payment in securities of the Employer, under an addendum.", by["employer_securities"]


def _instalments(terms: Terms) -> str:
    part = terms.payment_forms
    if not part.instalments:
        return "No instalments"
    if part.instalment_limit is not None:
        return f"Or in instalments; written in: “{part.instalment_limit}”"
    if part.instalment_years is not None:
        return f"Or in instalments, over {part.instalment_years} years at most"
    return "Or in instalments, over no more than a life expectancy"
