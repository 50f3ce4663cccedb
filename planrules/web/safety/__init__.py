"""Who may do what, and what a request may carry.

A route asks for a role (`role`), a form for its token (`csrf_token` in the page, `checked_form` where it arrives), and
whatever takes a file checks it before anything reads it (`check_upload`).
"""

from planrules.web.safety.callers import Caller, Role, role
from planrules.web.safety.forms import checked_form, csrf_token
from planrules.web.safety.limits import Limits
from planrules.web.safety.uploads import check_rows, check_upload, unpacked

__all__ = ["Caller", "Limits", "Role", "check_rows", "check_upload", "checked_form", "csrf_token", "role", "unpacked"]
