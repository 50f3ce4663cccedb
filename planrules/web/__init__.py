"""The page for HR and the HTTP API for payroll: one process, its own port, nothing else of the network.

`site` says what a server serves, `app` puts it together, `answering` is the one place that asks the engine,
`changing` the one that changes elections. `pages`, `everybody`, `timeline` and `letter` are what people see, `api` is
what programs call, `safety` decides who may do what, `audit` keeps what was asked, `versions` the elections.
"""

from planrules.web.app import create_app
from planrules.web.site import HostedPlan, Settings, Site

__all__ = ["HostedPlan", "Settings", "Site", "create_app"]
