"""The pictures of the demo, drawn by code: a mark in three colours, and a page to hand in."""

import math
from io import BytesIO
from typing import TYPE_CHECKING, Any

from portal.demo.content import read
from portal.platform import files
from portal.platform.files import Upload

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

#: Drawn at twice the size and made smaller, so that edges are smooth.
SIDE, FINE = 256, 512
MARGIN = 0.18


class Pen:
    """Draws the shapes of the marks file on a picture, in the colours of a palette."""

    def __init__(self, draw: "ImageDraw", palette: list[str], *, left: float, scale: float) -> None:
        self.draw, self.palette, self.left, self.scale = draw, palette, left, scale

    def shape(self, line: str) -> None:
        """Draw one shape from its line."""
        name, *words = line.split()
        tone = {"+": 2, "-": 0}.get(words[-1], 1)
        numbers = words[:-1] if words[-1] in "+-" else words
        getattr(self, name)(numbers, self.palette[tone])

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the square lies in the picture."""
        return self.left + x * self.scale, self.left + y * self.scale

    def box(self, x: float, y: float, radius: float) -> list[tuple[float, float]]:
        """Return the corners around a circle."""
        return [self.point(x - radius, y - radius), self.point(x + radius, y + radius)]

    def disc(self, words: list[str], colour: str) -> None:
        """Fill a circle."""
        self.draw.ellipse(self.box(*map(float, words)), fill=colour)

    def ring(self, words: list[str], colour: str) -> None:
        """Draw a circle."""
        x, y, radius, width = map(float, words)
        around = self.box(x, y, radius + width / 2)
        self.draw.ellipse(around, outline=colour, width=round(width * self.scale))

    def arc(self, words: list[str], colour: str) -> None:
        """Draw a part of a circle, from one angle to another, with round ends."""
        x, y, radius, width, start, end = map(float, words)
        around = self.box(x, y, radius + width / 2)
        self.draw.arc(around, start, end, fill=colour, width=round(width * self.scale))
        for angle in (math.radians(start), math.radians(end)):
            tip = (x + radius * math.cos(angle), y + radius * math.sin(angle), width / 2)
            self.draw.ellipse(self.box(*tip), fill=colour)

    def line(self, words: list[str], colour: str) -> None:
        """Draw a line with round ends."""
        x1, y1, x2, y2, width = map(float, words)
        self.stroke([(x1, y1), (x2, y2)], width, colour)

    def wave(self, words: list[str], colour: str) -> None:
        """Draw a wave across the square."""
        y, height, periods, width = map(float, words)
        steps = [(x, y + height * math.sin(x / 84 * periods * math.tau)) for x in range(0, 85, 2)]
        self.stroke([(x + 8, at) for x, at in steps], width, colour)

    def poly(self, words: list[str], colour: str) -> None:
        """Fill a polygon."""
        corners = [self.point(*map(float, word.split(","))) for word in words]
        self.draw.polygon(corners, fill=colour)

    def stroke(self, path: list[tuple[float, float]], width: float, colour: str) -> None:
        """Draw along a path, rounding its ends and bends."""
        points = [self.point(x, y) for x, y in path]
        self.draw.line(points, fill=colour, width=round(width * self.scale), joint="curve")
        for x, y in (path[0], path[-1]):
            self.draw.ellipse(self.box(x, y, width / 2), fill=colour)


def logo(mark: str, palette: str) -> Any:
    """Draw a logo: its mark in the middle of a square."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - heavy, and only the demo draws

    script = read("marks")
    colours = script["palettes"][palette]
    image = Image.new("RGB", (FINE, FINE), colours[0])
    left = FINE * MARGIN
    pen = Pen(ImageDraw.Draw(image), colours, left=left, scale=(FINE - 2 * left) / 100)
    for line in script["marks"][mark]:
        pen.shape(line)
    return image.resize((SIDE, SIDE), Image.Resampling.LANCZOS)


def upload(mark: str, palette: str, name: str) -> Upload:
    """Return a logo as if somebody had uploaded it, through the checks of every upload."""
    content = BytesIO()
    logo(mark, palette).save(content, "PNG", compress_level=1)
    return files.picture(content.getvalue(), f"{name}.png")


def presentation(title: str, lines: list[str], *, mark: str, palette: str) -> Upload:
    """Return a one-page PDF with a logo and some words, as an applicant encloses it."""
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415 - as above

    ground, first, second = read("marks")["palettes"][palette]
    page = Image.new("RGB", (960, 540), ground)
    page.paste(logo(mark, palette).resize((150, 150)), (60, 50))
    draw = ImageDraw.Draw(page)
    draw.text((60, 225), title, fill=first, font=ImageFont.load_default(46))
    draw.line([(60, 300), (220, 300)], fill=second, width=6)
    for place, text in enumerate(lines):
        draw.text((60, 330 + 36 * place), text, fill=first, font=ImageFont.load_default(24))
    content = BytesIO()
    page.save(content, "PDF", resolution=96, quality=70)
    return files.checked(content.getvalue(), f"{title}.pdf")
