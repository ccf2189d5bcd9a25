"""Parameters, expressions, regions and the decision procedure; knows nothing of games."""
