"""Pure functions on texts and pandas frames, usable in a notebook: no web, no database."""
