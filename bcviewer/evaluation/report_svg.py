"""A plot of a report as SVG: axes from 0 to 1 or to a number, lines, points and bars.

Colours come from the page's style, so that a plot is dark where the page is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from bcviewer.evaluation.report_markup import Markup, safe

WIDTH: Final = 380
HEIGHT: Final = 330
_LEFT: Final = 56
_RIGHT: Final = 14
_TOP: Final = 12
_BOTTOM: Final = 48
_STEPS: Final = 5


@dataclass
class Plot:
    """A plot that is being drawn.

    Attributes:
        title: What it shows, for those who cannot see it.
        x_title: What the horizontal axis tells.
        y_title: What the vertical axis tells.
        x_end: Where the horizontal axis ends; it begins at 0.
        y_end: Where the vertical axis ends.
    """

    title: str
    x_title: str
    y_title: str
    x_end: float = 1.0
    y_end: float = 1.0
    _marks: list[str] = field(default_factory=list)

    def line(self, x: ArrayLike, y: ArrayLike, role: str) -> None:
        """Join points by a line; those that are not finite are passed over.

        Args:
            x: Floats[n].
            y: Floats[n].
            role: Class of the line.
        """
        points = self._places(x, y)
        if len(points) > 1:
            self._marks.append(f'<polyline class="{role}" points="{" ".join(points)}"/>')

    def points(
        self,
        x: ArrayLike,
        y: ArrayLike,
        role: str,
        *,
        size: float = 3.5,
        titles: Sequence[str] = (),
    ) -> None:
        """Set points.

        Args:
            x: Floats[n].
            y: Floats[n].
            role: Class of the points.
            size: Their radius.
            titles: What each is, shown when it is pointed at.
        """
        across, up = np.broadcast_arrays(np.atleast_1d(x), np.atleast_1d(y))
        for index in np.flatnonzero(np.isfinite(across) & np.isfinite(up)).tolist():
            left, top = self._x(float(across[index])), self._y(float(up[index]))
            told = f"<title>{safe(titles[index])}</title>" if titles else ""
            self._marks.append(
                f'<circle class="{role}" cx="{left:.1f}" cy="{top:.1f}" r="{size}">{told}</circle>'
            )

    def bars(self, edges: ArrayLike, heights: ArrayLike, role: str, *, inset: float = 1.0) -> None:
        """Draw bars from the horizontal axis up.

        Args:
            edges: Floats[n + 1], where they begin and end.
            heights: Floats[n].
            role: Class of the bars.
            inset: Pixels that are left free at both sides of each.
        """
        ends, tops = np.asarray(edges, np.float64), np.asarray(heights, np.float64)
        for low, high, top in zip(ends[:-1], ends[1:], tops, strict=True):
            if not np.isfinite(top) or top <= 0:
                continue
            left, right = self._x(float(low)) + inset, self._x(float(high)) - inset
            upper = self._y(float(top))
            self._marks.append(
                f'<rect class="{role}" x="{left:.1f}" y="{upper:.1f}" '
                f'width="{max(right - left, 0.5):.1f}" height="{self._y(0) - upper:.1f}"/>'
            )

    def svg(self) -> Markup:
        """The plot."""
        content = "".join([*self._axes(), *self._marks])
        return Markup(
            f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{safe(self.title)}">'
            f"{_HATCH}{content}</svg>"
        )

    def _places(self, x: ArrayLike, y: ArrayLike) -> list[str]:
        across, up = np.asarray(x, np.float64), np.asarray(y, np.float64)
        known = np.isfinite(across) & np.isfinite(up)
        pairs = zip(across[known].tolist(), up[known].tolist(), strict=True)
        return [f"{self._x(left):.1f},{self._y(top):.1f}" for left, top in pairs]

    def _x(self, value: float) -> float:
        return _LEFT + (WIDTH - _LEFT - _RIGHT) * value / self.x_end

    def _y(self, value: float) -> float:
        return HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * value / self.y_end

    def _axes(self) -> Iterable[str]:
        bottom, right = HEIGHT - _BOTTOM, WIDTH - _RIGHT
        for step in range(_STEPS + 1):
            across, up = self.x_end * step / _STEPS, self.y_end * step / _STEPS
            x, y = self._x(across), self._y(up)
            yield f'<line class="grid" x1="{x:.1f}" y1="{_TOP}" x2="{x:.1f}" y2="{bottom}"/>'
            yield f'<line class="grid" x1="{_LEFT}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}"/>'
            yield f'<text class="tick middle" x="{x:.1f}" y="{bottom + 16}">{across:.3g}</text>'
            yield f'<text class="tick end" x="{_LEFT - 6}" y="{y + 4:.1f}">{up:.3g}</text>'
        yield f'<line class="axis" x1="{_LEFT}" y1="{bottom}" x2="{right}" y2="{bottom}"/>'
        yield f'<line class="axis" x1="{_LEFT}" y1="{_TOP}" x2="{_LEFT}" y2="{bottom}"/>'
        middle_x, middle_y = (_LEFT + right) / 2, (_TOP + bottom) / 2
        yield f'<text class="name middle" x="{middle_x}" y="{HEIGHT - 8}">'
        yield f"{safe(self.x_title)}</text>"
        yield (
            f'<text class="name middle" transform="translate(14 {middle_y}) rotate(-90)">'
            f"{safe(self.y_title)}</text>"
        )


_HATCH = (
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="6" height="6" class="hatch-ground"/>'
    '<line x1="0" y1="0" x2="0" y2="6" class="hatch-line"/></pattern></defs>'
)
