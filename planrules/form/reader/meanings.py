"""The structured meaning of the few families of free text that are understood; every other text gets none."""

import re
from collections.abc import Iterator

_SOON = r"as soon as (?:administratively )?practica(?:l|ble|lly)"
_LEAVING = r"(?:the |his |a )?(?:participant's |employee's )?(?:termination of employment|separation from service)"
_FAMILY = re.compile(
    rf"{_SOON}(?: (?:after|following) the (?P<days>\d{{1,4}})(?:st|nd|rd|th) day)?(?: (?:following|after) {_LEAVING})?"
    rf"(?:,? unless (?P<conditions>.+?),? in which case (?:the|his) distribution date (?:shall be|is|will be) "
    rf"{_SOON} (?:following|after) {_LEAVING})?\.?",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"(?:the |a )?(?:participant|employee|he) has (?:reached|attained) ", re.IGNORECASE)
_AGE = re.compile(
    r"(?:has )?(?:reached |attained )?(?:(?:his |the )?(?P<normal>normal retirement age)|age (?P<age>\d{1,3})"
    r"(?: (?:with|and) (?:at least )?(?P<years>\d{1,2})(?: or more)? years of service)?)",
    re.IGNORECASE,
)


def distribution_date(words: str) -> dict[str, object] | None:
    """The meaning of the words for a distribution date: a wait in days, and who need not wait; null when not known.

    >>> distribution_date("as soon as practical after the 30th day following termination of employment")
    {'days_after_separation': 30}
    """
    found = _FAMILY.fullmatch(" ".join(words.split()))
    if found is None:
        return None
    meaning: dict[str, object] = {"days_after_separation": int(found["days"] or 0)}
    if found["conditions"] is None:
        return meaning
    conditions = list(_conditions(found["conditions"]))
    return meaning | {"at_once_from": conditions} if conditions and None not in conditions else None


def _conditions(words: str) -> Iterator[dict[str, object] | None]:
    subject = _SUBJECT.match(words)
    if subject is None:
        yield None
        return
    for part in re.split(r",? or ", words[subject.end() :]):
        found = _AGE.fullmatch(part)
        if found is None:
            yield None
        elif found["normal"]:
            yield {"age": "normal_retirement_age"}
        else:
            yield {"age": int(found["age"]), **({"years_of_service": int(found["years"])} if found["years"] else {})}
