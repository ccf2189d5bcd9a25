"""Readings of an atlas: claims, comparative statics, the taxonomy of 2x2 games."""
