"""A project on a disk: its configuration, its files, what is selected, and the run over all of it.

Nothing is imported here, so that the flake8 plugin can take one room without paying for the others.
"""
