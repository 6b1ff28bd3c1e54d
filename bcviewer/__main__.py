"""``python -m bcviewer`` is the command ``bcviewer``."""

from __future__ import annotations

from bcviewer.cli import main

if __name__ == "__main__":
    main()
