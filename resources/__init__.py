"""Icons and bundled models, installed as ``bcviewer.resources``."""
