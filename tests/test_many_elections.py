"""Any elections are read, checked and answered, or refused by naming what is not evaluated."""

from many_elections import many


def test_any_elections_are_answered_or_refused_by_name() -> None:
    tally = many(40, start=0)
    assert tally.failures == []
    assert tally.answered > 0
    assert tally.refused
