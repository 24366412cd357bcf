"""Terms: pure functions on frames of counts."""
