"""The invented cluster, told as data and loaded through the services."""

from portal.demo.load import load
from portal.demo.refresh import refresh

__all__ = ["load", "refresh"]
