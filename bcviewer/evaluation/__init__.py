"""What a model is worth: metrics and their intervals."""
