"""IRC commands: one row each in `table`, one file for each family."""
