"""Maillage: run programmes of industrial symbiosis, from the workshop to the evaluation."""

__version__ = "0.1.0"
