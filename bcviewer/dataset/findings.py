"""What a scan or a reading found wrong, for the report the user can open."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

KINDS = {
    "no_patches": "Folders without patches",
    "strange_name": "Folders with names that no patient has",
    "strange_file": "Files that are not patches",
    "wrong_folder": "Patches in a folder that contradicts their name",
    "off_grid": "Patches that lie off the 50 px grid",
    "same_place": "Several files for one place",
    "second_copy": "Second copies of the data set",
    "unreadable": "Files or folders that cannot be read",
    "damaged": "Damaged pictures",
    "wrong_size": "Pictures of a size no patch has",
    "wrong_mode": "Pictures that are not RGB (converted)",
    "changed": "Pictures that changed since they were indexed",
    "moved": "Labels of almost the same data in another workspace",
    "cache": "Files of the workspace that could not be used or kept",
}
"""Kind of finding to its heading in the report."""


@dataclass(frozen=True)
class Finding:
    """One thing that was found.

    Attributes:
        path: The file or folder, relative to the data folder.
        kind: A key of ``KINDS``.
        text: What is wrong and what was done about it.
    """

    path: str
    kind: str
    text: str


@dataclass(frozen=True)
class ScanReport:
    """Everything a scan found, in the order it was found."""

    findings: tuple[Finding, ...] = ()

    def counts(self) -> dict[str, int]:
        """Number of findings of each kind that occurs."""
        return dict(Counter(finding.kind for finding in self.findings))

    def plus(self, findings: tuple[Finding, ...]) -> ScanReport:
        """The report with more findings; of one file and kind the first is kept."""
        known = {(finding.path, finding.kind) for finding in self.findings}
        new = tuple(f for f in findings if (f.path, f.kind) not in known)
        return ScanReport(self.findings + new)
