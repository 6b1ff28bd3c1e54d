"""Long work of the window, each in a QThread with exactly one ending."""
