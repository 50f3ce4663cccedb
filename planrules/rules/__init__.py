"""The rules, one module an article; every rule is one named, cited column and is written once.

`service` turns employment, classes and pay into spans and hours a period; the other modules read those columns.
Modules never import each other: they meet through the names of columns. A module's `RULES` list its rules in the
order in which they build on each other; those of `vesting` and `breaks` are laid out year by year (planrules.ledger).
Frames are keyed by `person`, a number; hours and money are whole hundredths; spans are half-open.
"""
