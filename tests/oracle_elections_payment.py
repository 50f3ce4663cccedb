"""Reads Article VI of an elections file: dates of payment, in service and hardship (conventions 53 and 54)."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from oracle_plan import NORMAL_RETIREMENT, Date, DateRule, NotKnownError, Payment

PRACTICAL: Final = re.compile(r"as soon as practical(?: after the (\d+)(?:st|nd|rd|th) day)?", re.IGNORECASE)

Checked = Mapping[str, Any]


def payment(checked: Checked, supplements: Checked) -> Payment:
    """Read 6.01 and 6.03."""
    disability = None
    for cite in ("6.01(f)", "6.01(h)"):
        if cite in checked:
            disability = _rule(checked, supplements, cite, "when")
    hardship_after = next((option for option in ("(1)", "(2)", "(3)") if f"6.01(j){option}" in checked), "")
    return Payment(
        general=_rule(checked, supplements, "6.01", "distribution_date"),
        small=_small(checked, supplements),
        large=_large(checked, supplements),
        disability=disability,
        hardship_after=hardship_after,
        employer_retirement="6.03(e)(1)" in checked,
        employer_age=_number(checked, "6.03(e)(2)", "age"),
        employer_age_percent=_number(checked, "6.03(e)(2)", "vested_percent") or Decimal(0),
        employer_years=None if "6.03(f)" not in checked else int(checked["6.03(f)"]["years"]),
        deferral_retirement="6.03(j)(1)" in checked,
        deferral_age=_number(checked, "6.03(j)(2)", "age"),
        hardship_employer="6.03(g)" in checked,
        hardship_percent=_number(checked, "6.03(g)(4)", "vested_percent") or Decimal(0),
        hardship_deferral="6.03(k)" in checked,
    )


def _number(checked: Checked, cite: str, name: str) -> Decimal | None:
    said = (checked.get(cite) or {}).get(name)
    return None if said is None else Decimal(str(said))


def _rule(checked: Checked, supplements: Checked, cite: str, blank: str) -> DateRule:
    """Read a date rule: from the supplement, or from the words understood without one."""
    if cite in supplements:
        return rule_of(supplements[cite])
    words = PRACTICAL.fullmatch(str((checked.get(cite) or {}).get(blank)).strip())
    if words is None:
        message = f"{cite}: the date is left to words"
        raise NotKnownError(message)
    return DateRule(days=int(words[1] or 0))


def rule_of(said: Mapping[str, Any]) -> DateRule:
    """Read a date rule of a supplement."""
    at_once = []
    for each in said.get("at_once_from") or ():
        age = None if each["age"] == NORMAL_RETIREMENT else Decimal(str(each["age"]))
        at_once.append((age, each.get("years_of_service")))
    return DateRule(
        days=int(said.get("days_after_separation") or 0),
        months=said.get("months_after_separation"),
        plan_years=said.get("plan_years_after"),
        day=said.get("day") or "first",
        at_once_from=tuple(at_once),
    )


def _small(checked: Checked, supplements: Checked) -> tuple[Date, ...]:
    """Read 6.01(a) to (e); where (b) and (e) are both checked they say what 6.01 says (A-2)."""
    if "6.01(b)" in checked and "6.01(e)" in checked:
        return ()
    found = []
    for cite, blank in (("6.01(a)", "when"), ("6.01(b)", "when"), ("6.01(e)", "specify")):
        if cite in checked:
            found.append(Date("separation", _rule(checked, supplements, cite, blank)))
    if "6.01(c)" in checked:
        rule = _rule(checked, supplements, "6.01(c)", "when")
        found.append(Date("breaks", rule, breaks=int(checked["6.01(c)"]["breaks"])))
    if "6.01(d)" in checked:
        rule = _rule(checked, supplements, "6.01(d)", "when")
        found.append(Date("retirement", rule, wait=int(checked["6.01(d)"].get("days") or 0)))
    return tuple(found)


def _large(checked: Checked, supplements: Checked) -> tuple[Date, ...]:
    """Read 6.03(a) to (c)."""
    found = []
    if "6.03(a)" in checked:
        found.append(Date("separation", _rule(checked, supplements, "6.03(a)", "not_earlier_than")))
    if "6.03(b)(1)" in checked:
        found.append(Date("retirement_year"))
    if "6.03(b)(2)" in checked:
        found.append(Date("separation"))
    if "6.03(b)(3)" in checked:
        found.append(Date("separation", _rule(checked, supplements, "6.03(b)(3)", "plan_years")))
    if "6.03(b)(4)" in checked:
        rule = DateRule(plan_years=1)
        found.append(Date("breaks", rule, breaks=int(checked["6.03(b)(4)"]["breaks"])))
    if "6.03(b)(5)" in checked:
        said = checked["6.03(b)(5)"]
        years = int(said.get("years_of_service") or 0)
        found.append(Date("age", age=Decimal(str(said["age"])), years=years))
    for cite, blank in (("6.03(b)(6)", "specify"), ("6.03(c)", "specify")):
        if cite in checked:
            found.append(Date("separation", _rule(checked, supplements, cite, blank)))
    return tuple(found)
