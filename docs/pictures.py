"""Make the pictures of the documents: the window on demo tissue.

xvfb-run -s "-screen 0 1440x900x24" python docs/pictures.py
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
PATIENT = "demo02"
LIMIT_SECONDS = 120


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ["BCVIEWER_HOME"] = home
        from PySide6.QtWidgets import QApplication

        from bcviewer.gui.app import make_window, start

        app = QApplication([])
        window = make_window(app, None)
        window.show()
        start(window, None, demo=True)
        session = window.session

        def until(done: Callable[[], bool]) -> None:
            end = time.monotonic() + LIMIT_SECONDS
            while not done():
                if time.monotonic() > end:
                    raise TimeoutError("the window did not come to show what was waited for")
                app.processEvents()
                time.sleep(0.005)

        until(lambda: session.slide is not None and session.model is not None)
        window.predictions.predict_all()
        until(lambda: not session.unpredicted_patients())
        session.choose_patient(PATIENT)
        until(lambda: session.slide is not None and session.slide.patient == PATIENT)
        grid = session.slide.grid if session.slide is not None else None
        assert grid is not None
        middle = grid.nearest(grid.origin[0] + grid.size[0] / 2, grid.origin[1] + grid.size[1] / 2)
        session.inspect(middle)
        pause = time.monotonic() + 3
        until(lambda: time.monotonic() > pause)
        window.screen().grabWindow(0).copy(window.geometry()).save(str(HERE / "window.png"))
        window.close()


if __name__ == "__main__":
    main()
