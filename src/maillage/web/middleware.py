"""Put on each request the mandate under which the person works, and the language they chose."""

from django.utils import timezone, translation

from maillage.territories.models import Mandate

SESSION_KEY = "mandate"


class MandateMiddleware:
    """``request.mandate`` is the mandate chosen in this session, or the first in force, or None. One query."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.mandate = None
        request.mandates = []
        if request.user.is_authenticated:
            today = timezone.localdate()
            request.mandates = sorted(
                Mandate.objects.held_by(request.user).in_force_on(today).for_shell(),
                key=lambda mandate: (mandate.programme.is_closed, mandate.programme.name, str(mandate.place)),
            )
            chosen = request.session.get(SESSION_KEY)
            request.mandate = next(
                (mandate for mandate in request.mandates if str(mandate.pk) == chosen),
                next(iter(request.mandates), None),
            )
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        return self.get_response(request)
