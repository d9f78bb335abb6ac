"""discreet finds where Python code lets personal data out, tells the whole story of each leak, and mends it."""

__version__ = "0.1.0"
