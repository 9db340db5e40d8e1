"""What two people have to agree on: who says so, and whose word counts.

Other parts of the room ask here, so nothing is imported by the package itself.
"""
