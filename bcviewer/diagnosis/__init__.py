"""What helps to find out what went wrong: log, faults, runs that ended badly, a report of it."""
