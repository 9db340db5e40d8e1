"""`flask serve`: the web server in the foreground, as the settings say."""

import click

from portal.cli.tether import tie, until_stdin_closes
from portal.config import Settings

PATIENCE = 20


@click.command()
@until_stdin_closes
def serve(*, tethered: bool) -> None:
    """Serve the portal; SIGTERM and SIGINT let requests in flight finish."""
    from granian import Granian  # noqa: PLC0415 - only this command needs the server
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415

    settings = Settings.from_environment()
    tie(tethered=tethered)
    Granian(
        "wsgi:app",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=settings.threads,
        websockets=False,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=PATIENCE,
    ).serve()
