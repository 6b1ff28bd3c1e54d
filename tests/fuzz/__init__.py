"""Files of others, by the thousand: a named error or success, soon, in little memory."""
