"""Benchmarks, as ratios within one run (``make bench``), and the measurement on real applications."""
