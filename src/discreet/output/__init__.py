"""How findings are shown: one file a format. Nothing is imported here; a format costs only the run that uses it."""
