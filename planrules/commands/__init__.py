"""Commands of the command line in modules of their own: each parses, calls the library and prints."""

import typer

from planrules.commands.comparing import EXAMPLE as CHANGES_EXAMPLE
from planrules.commands.comparing import changes_command
from planrules.commands.evaluating import EXAMPLE as EVALUATE_EXAMPLE
from planrules.commands.evaluating import evaluate_command
from planrules.commands.importing import EXAMPLE as IMPORT_EXAMPLE
from planrules.commands.importing import import_command
from planrules.commands.paying_back import EXAMPLE as PAYBACK_EXAMPLE
from planrules.commands.paying_back import payback_command
from planrules.commands.sampling import EXAMPLE as SAMPLE_EXAMPLE
from planrules.commands.sampling import sample_command
from planrules.commands.serving import EXAMPLE as SERVE_EXAMPLE
from planrules.commands.serving import serve_command


def add_to(app: typer.Typer) -> None:
    """Gives the application the commands of this package."""
    app.command(name="changes", epilog=CHANGES_EXAMPLE)(changes_command)
    app.command(name="evaluate", epilog=EVALUATE_EXAMPLE)(evaluate_command)
    app.command(name="import", epilog=IMPORT_EXAMPLE)(import_command)
    app.command(name="payback", epilog=PAYBACK_EXAMPLE)(payback_command)
    app.command(name="sample", epilog=SAMPLE_EXAMPLE)(sample_command)
    app.command(name="serve", epilog=SERVE_EXAMPLE)(serve_command)
