"""Section 6.02: in which forms a benefit is paid. No date and no amount of an answer rests on it."""

from planrules.plan.elected import Agreement, Elected, Provisions

_NONE_WRITTEN = ("", "none", "n/a")
"""What an employer writes in the blank for annuities to say that there are none."""
_ANY_FORM = "6.02(a)"
_SPECIFIC = ("6.02(b)", "6.02(c)", "6.02(d)", "6.02(e)")


class PaymentForms(Provisions):
    """The forms of payment (AA 6.02; Plan 6.02): the document's own are a lump sum and instalments.

    Attributes:
        lump_sum_limit: what the employer wrote on lump sums; null when they are available as the document has them.
        instalments: whether there are any.
        instalment_years: over how many years at most; null without such a limit.
        instalment_limit: another rule on them, as written in.
        annuities: the annuity options as written in; null when there are none.
        employer_securities: whether payment may be in securities of the Employer, under an addendum.
    """

    lump_sum_limit: str | None
    instalments: bool
    instalment_years: int | None
    instalment_limit: str | None
    annuities: str | None
    employer_securities: bool


def payment_forms(agreement: Agreement) -> PaymentForms:
    """The forms of payment; how (a) and the boxes after it fit together where both are checked is a reading."""
    both = agreement.elections.has(_ANY_FORM) and any(map(agreement.elections.has, _SPECIFIC))
    reading = agreement.reading("payment_forms", bears=both)
    changed = not both or reading.value == "lump_sum_only"

    def has(option: str) -> bool:
        return changed and agreement.elections.has(option)

    def blank(option: str, name: str) -> str | None:
        filled = agreement.blank(option, name) if changed else None
        return None if filled is None else " ".join(str(filled).split())

    def cites(*options: str) -> tuple[str, ...]:
        named = (*options, _ANY_FORM) if changed else (_ANY_FORM,)
        return tuple(f"AA {each}" for each in named if agreement.elections.has(each)) or ("AA 6.02",)

    annuities, years = blank("6.02(d)", "annuity_options"), agreement.blank("6.02(c)(2)", "years")
    return PaymentForms.of(
        lump_sum_limit=Elected(
            (blank("6.02(b)", "specify") or "as restricted") if has("6.02(b)") else None, cites("6.02(b)")
        ),
        instalments=Elected(not has("6.02(c)(1)"), cites("6.02(c)(1)", "6.02(c)(2)", "6.02(c)(3)")),
        instalment_years=Elected(int(years) if has("6.02(c)(2)") else None, cites("6.02(c)(2)")),
        instalment_limit=Elected(
            (blank("6.02(c)(3)", "specify") or "as restricted") if has("6.02(c)(3)") else None, cites("6.02(c)(3)")
        ),
        annuities=Elected(
            None if annuities is None or annuities.casefold() in _NONE_WRITTEN else annuities, cites("6.02(d)")
        ),
        employer_securities=Elected(has("6.02(e)"), cites("6.02(e)")),
    )
