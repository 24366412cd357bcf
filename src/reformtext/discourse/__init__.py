"""Discourse: formulas, firsts, themes, metaphors and concordances."""
