"""The records of synergies: potential, followed, and what happens to them."""

from maillage.synergies.models.life import Barrier, Interaction, StageChange
from maillage.synergies.models.potential import PotentialSynergy
from maillage.synergies.models.synergy import Party, Synergy

__all__ = ["Barrier", "Interaction", "Party", "PotentialSynergy", "StageChange", "Synergy"]
