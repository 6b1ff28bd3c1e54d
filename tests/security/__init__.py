"""What SECURITY.md promises: nothing is let in."""
