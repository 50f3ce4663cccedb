"""Adoption Agreement #005 as data: every section, group, option and blank of the form, in our own words.

`load_form("adoption-agreement-005")` gives the `Form`; its YAML, one file an article, lies beside this module.
`Form.option`, `.group` and `.section` look things up by citation: 2.01(b)(1), 2.01(j)-(k), 1.31.
A `Choose` says how many options of a group the form allows; `strict_yaml` reads YAML without guessing, and
`values` turns what was written in a `Blank` into its typed value.
"""

from planrules.form.load import FORMS, load_form
from planrules.form.model import Blank, Choose, Form, Group, Option, Section

__all__ = ["FORMS", "Blank", "Choose", "Form", "Group", "Option", "Section", "load_form"]
