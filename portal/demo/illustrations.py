"""The pictures beside articles, drawn by code from the scenes that the illustrations file tells."""

import math
import random
from io import BytesIO
from typing import TYPE_CHECKING, Any

from portal.demo.content import read
from portal.demo.pictures import Pen
from portal.platform import files
from portal.platform.files import Upload

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

#: A scene is told on a sheet of this size and drawn twice as large as it is shown.
WIDE, HIGH = 160, 90
SHOWN = (960, 540)
FINE = 2
#: Steps from one given height of a hill to the next.
SMOOTH = 12


class Brush(Pen):
    """Draws on a wide sheet, in as many colours as the scene has; some let light through."""

    def __init__(self, draw: "ImageDraw", colours: list[str]) -> None:
        super().__init__(draw, colours, left=0, scale=SHOWN[0] * FINE / WIDE)

    def shape(self, line: str) -> None:
        """Draw one shape from its line, whose last word is the number of its colour."""
        name, *words, tone = line.split()
        getattr(self, name)(words, self.palette[int(tone)])

    def rect(self, words: list[str], colour: str) -> None:
        """Fill a rectangle, perhaps with round corners: x y width height radius."""
        x, y, width, height, *round_ = map(float, words)
        corners = [self.point(x, y), self.point(x + width, y + height)]
        self.draw.rounded_rectangle(corners, sum(round_) * self.scale, fill=colour)

    def fade(self, words: list[str], colour: str) -> None:
        """Let a colour grow from nothing at one height to its whole strength at another."""
        first, last = (round(float(word) * self.scale) for word in words)
        right = WIDE * self.scale
        for y in range(min(first, last), max(first, last)):
            strength = round(255 * (y - first) / (last - first))
            self.draw.line([(0, y), (right, y)], fill=f"{colour}{strength:02x}")

    def hill(self, words: list[str], colour: str) -> None:
        """Fill the ground below a line that swings through heights at equal distances."""
        heights = [float(word) for word in words]
        wide = WIDE / (len(heights) - 1)
        ridge = []
        for place in range((len(heights) - 1) * SMOOTH + 1):
            before, part = divmod(place, SMOOTH)
            after = min(before + 1, len(heights) - 1)
            swing = (1 - math.cos(math.pi * part / SMOOTH)) / 2
            y = heights[before] + (heights[after] - heights[before]) * swing
            ridge.append(self.point(place * wide / SMOOTH, y))
        self.draw.polygon([*ridge, self.point(WIDE, HIGH), self.point(0, HIGH)], fill=colour)

    def sea(self, words: list[str], colour: str) -> None:
        """Fill everything below a row of waves: y height periods."""
        y, height, periods = map(float, words)
        crest = [(x, y + height * math.sin(x / WIDE * periods * math.tau)) for x in range(WIDE + 1)]
        corners = [self.point(*point) for point in crest]
        self.draw.polygon([*corners, self.point(WIDE, HIGH), self.point(0, HIGH)], fill=colour)

    def ripple(self, words: list[str], colour: str) -> None:
        """Draw a wave from one point to the right: x y length height periods width."""
        x, y, length, height, periods, width = map(float, words)
        turn = periods * math.tau / 60
        path = [(x + length * s / 60, y + height * math.sin(s * turn)) for s in range(61)]
        self.stroke(path, width, colour)

    def stars(self, words: list[str], colour: str) -> None:
        """Sow stars over the upper part of the sheet: seed number height."""
        seed, number, height = map(int, words)
        dice = random.Random(seed)  # noqa: S311 - the same sky every time, and no secret
        for _ in range(number):
            place = (dice.uniform(2, WIDE - 2), dice.uniform(2, height))
            self.draw.ellipse(self.box(*place, dice.uniform(0.2, 0.55)), fill=colour)


def illustration(name: str) -> Any:
    """Draw a scene."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - heavy, and only the demo draws

    scene = read("illustrations")[name]
    image = Image.new("RGB", (SHOWN[0] * FINE, SHOWN[1] * FINE), scene["colours"][0])
    brush = Brush(ImageDraw.Draw(image, "RGBA"), scene["colours"])
    for line in scene["shapes"]:
        brush.shape(line)
    return image.resize(SHOWN, Image.Resampling.BOX)


def upload(name: str) -> Upload:
    """Return a scene as if somebody had uploaded it, through the checks of every upload."""
    content = BytesIO()
    illustration(name).save(content, "PNG", compress_level=1)
    return files.picture(content.getvalue(), f"{name}.png")
