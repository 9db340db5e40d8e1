"""The portal's commands: `python3 dev flask` lists them, `flask` in the environment does too."""

from importlib import import_module

import click
from flask import Flask
from flask.cli import AppGroup

COMMANDS = {
    "backup": "portal.cli.backup:backup",
    "catalogues": "portal.cli.catalogues:catalogues",
    "demo": "portal.cli.demo:demo",
    "members": "portal.cli.members:members",
    "events": "portal.cli.events:events",
    "prepare": "portal.cli.prepare:prepare",
    "permissions": "portal.cli.permissions:permissions",
    "programmes": "portal.cli.programmes:programmes",
    "restore": "portal.cli.backup:restore",
    "search": "portal.cli.search:search",
    "serve": "portal.cli.serve:serve",
    "setup-code": "portal.cli.setup:setup_code",
    "worker": "portal.cli.worker:worker",
}


class Commands(AppGroup):
    """Commands that are imported when somebody asks for one: web processes never do."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name all commands."""
        return sorted({*super().list_commands(ctx), *COMMANDS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command of ours, or leave the name to Flask."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, _, name = COMMANDS[cmd_name].partition(":")
        found: click.Command = getattr(import_module(module), name)
        return found


def init_app(app: Flask) -> None:
    """Give the app its commands, beside those that extensions gave it."""
    app.cli = Commands(app.name, commands=app.cli.commands)
