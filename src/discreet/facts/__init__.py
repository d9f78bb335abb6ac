"""Facts: one module's bytes lowered to what linking needs. The door is :func:`discreet.facts.extraction.extract`."""
