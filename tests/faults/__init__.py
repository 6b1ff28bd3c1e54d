"""The worst days: kills, full disks, folders that go away, clocks that go back, flipped bits."""
