from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from alongside.people import actions, queries
from alongside.people.forms import ContactForm
from alongside.people.own import address, on_own_page
from alongside.people.queries import Own


@on_own_page
def my_contact(request: HttpRequest, own: Own) -> HttpResponse:
    form = ContactForm(request.POST or None, thing=own.person)
    if form.do(actions.choose_contact, by=own.person, person=own.person):
        form.tell(request)
        if form.cleaned_data["preferred"]:
            messages.success(request, _("Saved. You can change it on any day."))
        else:
            messages.success(request, _("Saved. We will not get in touch. This page stays here for you."))
        return redirect(address(own, "people:my-page"))
    context = {
        "own": own,
        "study": own.person.study,
        "form": form,
        "others": queries.other_points(own.person),
    }
    return render(request, "people/my_contact.html", context, status=form.status)
