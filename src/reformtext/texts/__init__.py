"""Texts: what is written. Files become documents, blocks, paragraphs and tokens."""
