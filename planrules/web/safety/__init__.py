"""Who may do what, and what a request may carry.

A route asks for a role (`role`), a form for its token (`csrf_token` in the page, `checked_form` where it arrives).
"""

from planrules.web.safety.callers import Caller, Role, role
from planrules.web.safety.forms import checked_form, csrf_token

__all__ = ["Caller", "Role", "checked_form", "csrf_token", "role"]
