"""
Matching as a library: read a line, rank pairs, say why. No Django, nothing of the application.

The door is three names: `parse` reads a line as people speak, `rank` pairs cards, and `Item` is what a card is to the
engine. What stands behind the door may be replaced; callers only know these.
"""

from maillage.engine.items import Item
from maillage.engine.line import Line, parse
from maillage.engine.ranking import Candidate, Reason, rank

__all__ = ["Candidate", "Item", "Line", "Reason", "parse", "rank"]
