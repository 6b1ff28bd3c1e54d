"""Qt item models over the arrays of the domain."""
