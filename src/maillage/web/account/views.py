"""Sign in, choose a language, choose the mandate one works under."""

from django.conf import settings
from django.contrib.auth import views as auth_views
from django.contrib.auth.forms import AuthenticationForm
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from maillage.web.access import public, signed_in
from maillage.web.middleware import SESSION_KEY


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": _("This e-mail and this password do not go together. Check both and try again."),
        "inactive": _("This account is closed. Ask your coordinator to open it again."),
    }


login = public(
    auth_views.LoginView.as_view(
        template_name="account/login.html", authentication_form=SignInForm, redirect_authenticated_user=True
    )
)


def _back(request):
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(target if safe else "home")


@public
@require_POST
def language(request):
    chosen = request.POST.get("language", "")
    response = _back(request)
    if chosen in dict(settings.LANGUAGES) and check_for_language(chosen):
        if request.user.is_authenticated:
            request.user.language = chosen
            request.user.save(update_fields=["language"])
        translation.activate(chosen)
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, chosen, max_age=365 * 24 * 3600, samesite="Lax")
    return response


@signed_in
@require_POST
def choose_mandate(request):
    chosen = request.POST.get("mandate", "")
    if any(str(mandate.pk) == chosen for mandate in request.mandates):
        request.session[SESSION_KEY] = chosen
    return redirect("home")


@signed_in
def no_mandate(request):
    return render(request, "account/no_mandate.html")
