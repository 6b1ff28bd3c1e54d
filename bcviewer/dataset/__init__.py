"""Patches on disk: names, scan, index, decoded pixels, splits, demo tissue."""
