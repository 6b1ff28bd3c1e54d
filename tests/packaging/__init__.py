"""What the program is shipped with, and the program as it is shipped."""
