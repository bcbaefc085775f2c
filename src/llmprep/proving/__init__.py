"""Proofs that an exercise's suite refuses what is wrong and accepts what is right; for authors only."""
