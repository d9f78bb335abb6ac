"""Is the catalogue true? ``python -m reality`` reads the sources of the libraries that it speaks of, and runs none."""
