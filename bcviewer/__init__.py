"""bcviewer: browse slides, see where a model finds IDC, retrain it. Research use only."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("bcviewer")
except PackageNotFoundError:  # a bare clone, not installed
    __version__ = "0+unknown"
