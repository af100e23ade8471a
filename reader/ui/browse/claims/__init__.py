"""The table of claims: papers by kinds of cards."""
