"""Claims: reported figures, and whether they add up."""
