"""Tests of the commands and of what they are set by."""
