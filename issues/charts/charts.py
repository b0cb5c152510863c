"""Positions of the parts of a chart, in units of its view box. Pure; templates draw it."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 620
_UNIT_MAX = 15  # the height of one case, as long as there are few
_TALLEST = 105
_LABEL = 22  # room above a bar for its number
_FILL = 0.6  # share of a column that its bar takes
_MOST_LABELS = 10
_LINE_TOP, _LINE_HEIGHT = 29, 97


@dataclass(frozen=True)
class Bar:
    """A column: `up` over the axis, `down` under it. Middle, left edge and width are shared."""

    middle: int
    left: int
    width: int
    up: int
    up_height: int
    down: int
    down_height: int
    axis: int
    label: str
    secondary: bool  # its label is left out on a narrow chart

    @property
    def top(self) -> int:
        return self.axis - self.up_height

    @property
    def below(self) -> int:
        return self.axis + 1

    @property
    def top_label(self) -> int:
        return self.top - 6

    @property
    def below_label(self) -> int:
        return self.below + self.down_height + 16


@dataclass(frozen=True)
class Bars:
    """A chart of columns around one axis."""

    bars: list[Bar]
    axis: int
    height: int

    @property
    def label_at(self) -> int:
        return self.height - 6


def bars(values: Sequence[tuple[str, int, int]]) -> Bars:
    """Columns of (label, count over the axis, count under it)."""
    most = max((max(up, down) for _label, up, down in values), default=0) or 1
    unit = min(_UNIT_MAX, _TALLEST / most)
    axis = _LABEL + round(max((up for _label, up, _down in values), default=0) * unit)
    deepest = max((down for _label, _up, down in values), default=0)
    height = axis + (round(deepest * unit) + 24 if deepest else 0) + 28
    column = WIDTH / max(1, len(values))
    width = round(column * _FILL) if len(values) != 8 else round(column) - 4
    step = -(-len(values) // _MOST_LABELS)
    drawn = [
        Bar(
            middle=round(column * (n + 0.5)),
            left=round(column * (n + 0.5) - width / 2),
            width=width,
            up=up,
            up_height=round(up * unit),
            down=down,
            down_height=round(down * unit),
            axis=axis,
            label=label if n % step == 0 else "",
            secondary=n % 2 == 0,
        )
        for n, (label, up, down) in enumerate(values)
    ]
    return Bars(drawn, axis, height)


@dataclass(frozen=True)
class Point:
    x: int
    y: int
    value: str  # shown at the highest and the lowest point only
    label: str
    secondary: bool
    is_low: bool = False

    @property
    def value_at(self) -> int:
        return self.y + 20 if self.is_low else self.y - 10


@dataclass(frozen=True)
class Line:
    """A line through the points that there are; days without a value have only their label."""

    points: list[Point]
    labels: list[Point]
    middle: int
    height: int = 176

    @property
    def path(self) -> str:
        return "M" + "L".join(f"{point.x} {point.y}" for point in self.points) if self.points else ""


def line(values: Sequence[tuple[str, int | None, str]], middle: int) -> Line:
    """A line of (label, value, value in words), with the level of `middle`."""
    known = [value for _label, value, _words in values if value is not None]
    low, high = min([*known, middle], default=0), max([*known, middle], default=1)
    span = (high - low) or 1

    def y(value: int) -> int:
        return _LINE_TOP + round((high - value) / span * _LINE_HEIGHT)

    column = WIDTH / max(1, len(values))
    step = -(-len(values) // _MOST_LABELS)
    labels, points = [], []
    for n, (label, value, words) in enumerate(values):
        x, secondary = round(column * (n + 0.5)), n % 2 == 0
        labels.append(Point(x, 170, "", label if n % step == 0 else "", secondary))
        if value is not None:
            extreme = len(known) > 1 and value in (min(known), max(known))
            first = known.index(value) == len(points)
            shown = words if extreme and first else ""
            points.append(Point(x, y(value), shown, label, secondary, is_low=value == min(known)))
    return Line(points, labels, y(middle))
