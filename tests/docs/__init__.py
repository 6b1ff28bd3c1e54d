"""Whether the documents tell the truth about the program."""
