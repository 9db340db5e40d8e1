"""Pages of the members' room."""

from flask import Blueprint

bp = Blueprint("members", __name__)
