"""Numbers with their units, dates and formulas: where they stand and what they are worth."""
