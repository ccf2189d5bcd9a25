"""Immutable game forms, profiles and payoffs; solves nothing."""
