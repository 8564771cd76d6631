"""What a company answered, as a sentence."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.common.numbers import number_in_words
from maillage.synergies.models import Interaction

_SAID = {
    Interaction.Outcome.PROGRESSING: gettext_lazy("%(company)s says: “it is moving on”."),
    Interaction.Outcome.DONE: gettext_lazy("%(company)s says: “it is done”."),
    Interaction.Outcome.STUCK: gettext_lazy("%(company)s says: “it is stuck”."),
    Interaction.Outcome.WANTS_HELP: gettext_lazy("%(company)s asks for help."),
}


def answer_in_words(answer: Interaction) -> str:
    """Say what a company answered: where it stands, the quantity it gives, or both. Asks for its companies loaded."""
    names = ", ".join(company.name for company in answer.companies.all())
    words = {"company": names, "quantity": number_in_words(answer.stated_quantity)}
    said = _SAID.get(answer.outcome)
    if said is None:
        corrects = answer.stated_quantity is not None
        return (
            _("%(company)s corrects the quantity: %(quantity)s.") if corrects else _("%(company)s answers.")
        ) % words
    if answer.stated_quantity is None:
        return said % words
    corrected = _("Quantity corrected: %(quantity)s.")
    return f"{said % words} {corrected % words}"
