"""How a browser signs in."""

import base64


def basic(name: str, password: str) -> dict[str, str]:
    """The header of a name and a password."""
    return {"authorization": f"Basic {base64.b64encode(f'{name}:{password}'.encode()).decode()}"}
