"""Learning: architectures, jobs and events, model folders, prediction."""
