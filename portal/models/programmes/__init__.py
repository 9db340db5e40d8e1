"""Programmes, calls, applications, cohorts."""
