"""What is done to a synergy. Every function loads under scope, checks its rule, writes, and journals."""

from maillage.synergies.services.answers import glance_at_answer, record_answer
from maillage.synergies.services.barriers import BarrierRaised, lift_barrier, raise_barrier
from maillage.synergies.services.changes import change_synergy
from maillage.synergies.services.handing_over import hand_over
from maillage.synergies.services.interactions import log_interaction
from maillage.synergies.services.moving import move_to_stage, undo_move
from maillage.synergies.services.opening import PartyGiven, open_synergy
from maillage.synergies.services.planning import plan_next_action

__all__ = [
    "BarrierRaised",
    "PartyGiven",
    "change_synergy",
    "glance_at_answer",
    "hand_over",
    "lift_barrier",
    "log_interaction",
    "move_to_stage",
    "open_synergy",
    "plan_next_action",
    "raise_barrier",
    "record_answer",
    "undo_move",
]
