"""Labels by people: the append-only log, its fold, undo, queues, import and export."""
