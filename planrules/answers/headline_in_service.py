"""The sentence about withdrawals before leaving, and about hardship."""

from planrules.answers.models import Answer
from planrules.answers.words import listed, spoken_date
from planrules.rules.in_service import ACCOUNTS

_OPEN = ("needs_data", "needs_reading")


def in_service_headline(answer: Answer) -> str | None:
    """What can be taken out at work, nothing before joining; after leaving only what a hardship gives."""
    if answer.participation.entry_on is None:
        return None if answer.distribution.event_on is not None else _not_joined(answer)
    part, who = answer.in_service, answer.employee_id
    accounts = listed([ACCOUNTS[name] for name in part.hardship_accounts or ()])
    if answer.distribution.event_on is not None:
        return f"After leaving, in a hardship, {who} can be paid from {accounts}." if accounts else None
    money = {"employer_withdrawal_on": part.employer_money, "deferral_withdrawal_on": part.deferral_money}
    days = {name: getattr(part, name) for name in money}
    told = [f"{money[name]} from {spoken_date(day)} on" for name, day in days.items() if day is not None]
    doubtful = [words for name, words in money.items() if answer.statuses[name] in _OPEN]
    open_hardship = answer.statuses["hardship_accounts"] in _OPEN
    if told:
        hardship = f"; in a hardship, from {accounts}" if accounts else ""
        return f"While employed {who} can withdraw {' and '.join(told)}{hardship}."
    if doubtful or open_hardship:
        what = " and ".join(doubtful) or "money in a hardship"
        return f"Whether {who} can withdraw {what} while employed cannot be said yet."
    if accounts:
        return f"While employed {who} can be paid only in a hardship, from {accounts}."
    return f"While employed {who} can be paid nothing from the Plan."


def _not_joined(answer: Answer) -> str:
    who = answer.employee_id
    if answer.statuses["entry_on"] in _OPEN:
        return f"What {who} can be paid while employed cannot be said yet: it is open whether {who} has joined."
    if not answer.participation.periods:
        return f"Nothing can be paid to {who}: not employed yet on {spoken_date(answer.as_of)}."
    return f"Nothing can be paid to {who} while employed before joining the Plan."
