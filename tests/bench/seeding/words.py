"""What made-up texts say: words that come about as often as in real ones, some rare, some common.

What the bench looks for, `QUESTION`, is one word that a quarter of all texts have and one that a
fifteenth have, so that at every size there are more rows with both than are shown.
"""

QUESTION = "harbour sensor"
EVERY = {
    2: "industry", 3: "customers", 4: "harbour", 5: "technology", 6: "network", 7: "camera",
    9: "studio", 11: "export", 15: "sensor", 19: "satellite", 23: "robots", 37: "turbine",
}  # fmt: skip
OTHERS = """amplifier broadcast bridge catalogue channel circuit cloud codec control converter crane
    display drone editor engine factory fibre fjord graphics island lantern laser lens
    library machine market microphone mountain newsroom optics orchestra printer radar
    railway rescue signal software stage subtitle tender theatre timber tower transmitter
    tunnel vessel weather""".split()  # noqa: SIM905 - easier to read so


def sentence(number: int, length: int) -> str:
    """Return so many words, and those that are due at this number."""
    due = [word for every, word in EVERY.items() if number % every == 0]
    rest = [OTHERS[(number * 7 + place * 11) % len(OTHERS)] for place in range(length)]
    return f"We work with {' '.join(due + rest)}."
