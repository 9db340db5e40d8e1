"""The address book of the site."""

from flask import Blueprint

bp = Blueprint("site", __name__)
