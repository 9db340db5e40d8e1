"""Words that people read and the database keeps."""

from enum import StrEnum
from typing import Self


class Word(StrEnum):
    """A stored value with the label that people see and the tone it is shown in.

    Tones: neutral, progress, good, wait, bad.
    """

    label: str
    tone: str

    def __new__(cls, value: str, label: str, tone: str = "neutral") -> Self:
        """Make the member a plain string that also carries its label and tone."""
        word = str.__new__(cls, value)
        word._value_ = value
        word.label = label
        word.tone = tone
        return word

    @classmethod
    def of(cls, value: str) -> Self:
        """Return the word that is kept as this value. Raises KeyError for what is none of ours."""
        return cls(value)  # type: ignore[call-arg]  # by value, which mypy takes for __new__
