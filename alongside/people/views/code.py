from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from alongside.accounts.ratelimit import limited
from alongside.people.forms import CodeForm
from alongside.people.own import kept_private
from alongside.people.tokens import pass_for
from alongside.web.views import too_often

# Wrong codes are counted for one address on the net and for all of them. Right ones are not: a room full of
# people may open their pages from one address.
WRONG_CODES = ("wrong_code", "everybody", "10/m/ip,60/m/key")


@login_not_required
@kept_private
def type_code(request: HttpRequest) -> HttpResponse:
    """The way to one's own page for whoever has the code and not the link."""
    if request.method == "POST" and limited(request, *WRONG_CODES, only_look=True):
        return too_often(request)
    form = CodeForm(request.POST or None)
    if form.is_valid():
        return redirect("people:my-page", token=pass_for(form.cleaned_data["code"].pk))
    if form.errors:
        limited(request, *WRONG_CODES)
    return render(request, "people/type_code.html", {"form": form}, status=422 if form.errors else 200)
