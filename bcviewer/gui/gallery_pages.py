"""Many patches in pages: as many on each as there is room for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Pages:
    """How places, counted from 0, fall on pages.

    Attributes:
        places: How many there are.
        size: Places of a page, 1 or more.
    """

    places: int
    size: int

    @property
    def count(self) -> int:
        """Pages; one, and empty, where there is no place."""
        return max(1, -(-self.places // self.size))

    def within(self, page: int) -> int:
        """The page that is there, nearest to a page that may not be."""
        return min(max(page, 0), self.count - 1)

    def span(self, page: int) -> slice:
        """The places of a page."""
        first = self.within(page) * self.size
        return slice(first, min(first + self.size, self.places))

    def page_of(self, place: int) -> int:
        """The page that a place is on."""
        return self.within(place // self.size)

    def step(self, place: int, steps: int) -> int:
        """The place so many steps on.

        Where there are fewer left, it is the last one that way if that is on another page, and the
        place itself if it is not.
        """
        found = min(max(place + steps, 0), self.places - 1)
        if found == place + steps or self.page_of(found) != self.page_of(place):
            return found
        return place
