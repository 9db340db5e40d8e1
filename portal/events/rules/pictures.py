"""What is asked of a picture: that nobody misses what it says."""

from collections.abc import Sequence

from portal.core.wording import N_, Sentence

NO_ALTERNATIVE = Sentence(
    N_("Describe the picture for those who do not see it, or say that it is only decoration.")
)
BOTH = Sentence(N_("A picture that is only decoration has no description. Choose one of the two."))
IN_BOTH_LANGUAGES = Sentence(N_("Describe the picture in both languages."))


def undescribed(decorative: bool, texts: Sequence[str]) -> Sentence | None:
    """Say what is wrong with the words for a picture, one in each language."""
    written = [text for text in texts if text.strip()]
    if decorative:
        return BOTH if written else None
    if not written:
        return NO_ALTERNATIVE
    return None if len(written) == len(texts) else IN_BOTH_LANGUAGES
