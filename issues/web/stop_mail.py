"""List-Unsubscribe: the link of the header, and the one click of mail programs (RFC 8058).

Opening it changes nothing; only a POST does. No sign-in and no CSRF token: the signed link is the right to stop this
one kind of mail, and a mail program sends neither.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.models import User
from issues.actions.notification_preferences import stop_mails
from issues.actor import Actor
from issues.mail.stop_token import DIGEST, StopToken
from issues.models import About


@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Ask on GET, stop on POST."""
    found = StopToken.read(token)
    user = User.objects.filter(pk=found.user_id, is_active=True).first() if found else None
    if found is None or user is None:
        return render(request, "issues/choices/stop.html", {"what": ""}, status=404)
    stopped = request.method == "POST"
    if stopped:
        stop_mails(actor=Actor.of(user), what=found.what)
    what = _("The digest") if found.what == DIGEST else About(found.what).label
    return render(request, "issues/choices/stop.html", {"what": what, "stopped": stopped, "email": user.email})
