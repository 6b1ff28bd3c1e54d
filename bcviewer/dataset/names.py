"""The names of patch files: ``PATIENT_idx5_xX_yY_classC.png``."""

from __future__ import annotations

import re
from dataclasses import dataclass

PATCH_SIZE = 50
"""Width and height of a patch and of a cell of the grid, in pixels."""

MAX_COORDINATE = 10_000_000
"""Coordinates beyond this are no slide's: a slide has some 100,000 px at most."""

# Case does not count: some file systems and unpackers change it. ASCII digits only, and few enough
# that no name makes a huge integer.
NAME_PATTERN = re.compile(
    r"(?P<patient>.+)_idx[0-9]{1,9}_x(?P<x>[0-9]{1,9})_y(?P<y>[0-9]{1,9})_class(?P<label>[01])\.png",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class PatchName:
    """What the name of a patch file says.

    Attributes:
        patient: The patient's id.
        x: Left edge in slide pixels, 1-based.
        y: Top edge in slide pixels, 1-based.
        label: 1 for IDC, 0 for not IDC.
    """

    patient: str
    x: int
    y: int
    label: int

    @property
    def on_grid(self) -> bool:
        """Whether the place is one of the grid's: x = y = 1 (mod 50)."""
        return (
            self.x % PATCH_SIZE == 1
            and self.y % PATCH_SIZE == 1
            and max(self.x, self.y) < MAX_COORDINATE
        )


def parse_patch_name(name: str) -> PatchName | None:
    """Read a file name; None when it is not a patch's."""
    match = NAME_PATTERN.fullmatch(name)
    if match is None:
        return None
    patient, x, y, label = match.groups()
    return PatchName(patient, int(x), int(y), int(label))


def patch_file_name(patch: PatchName) -> str:
    """The name of a patch's file in the data set's own form."""
    return f"{patch.patient}_idx5_x{patch.x}_y{patch.y}_class{patch.label}.png"
