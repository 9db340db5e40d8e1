"""The one blueprint of the programmes."""

from flask import Blueprint

bp = Blueprint("programmes", __name__, url_prefix="/programmes")
