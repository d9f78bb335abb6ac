"""Benchmarks, as ratios within one run: ``python -m bench`` or ``make bench``. Never part of the tests."""
