"""The one blueprint of the room."""

from flask import Blueprint

bp = Blueprint("members", __name__)
