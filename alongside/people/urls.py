from django.contrib.auth.decorators import login_required
from django.urls import path

from alongside.people.own import own_paths
from alongside.people.views import (
    adjustments,
    code,
    consents,
    contact,
    identity,
    invitations,
    own,
    people,
    reaching,
    relationships,
    together,
)

app_name = "people"
S = "s/<slug:study>/people/"
P = S + "<uuid:person>/"
R = S + "relationships/"
urlpatterns = [
    path("invited/<str:invitation>/", invitations.accept_invitation, name="accept-invitation"),
    path(S, people.people, name="people"),
    path(S + "summary", people.summary, name="summary"),
    path(S + "todo", people.todo, name="todo"),
    path(S + "add/", people.add_person, name="add-person"),
    path(R, relationships.relationships, name="relationships"),
    path(R + "record/", relationships.record_relationship, name="record-relationship"),
    path(R + "<uuid:relationship>/confirm/", relationships.confirm_relationship, name="confirm-relationship"),
    path(R + "<uuid:relationship>/dates/", relationships.correct_relationship, name="correct-relationship"),
    path(R + "<uuid:relationship>/end/", relationships.end_relationship, name="end-relationship"),
    path(R + "link/", relationships.pairs_to_link, name="pairs-to-link"),
    path(R + "<uuid:relationship>/link/", relationships.link_pair, name="link-pair"),
    path(S + "consent-texts/", consents.consent_texts, name="consent-texts"),
    path(S + "consent-texts/publish/", consents.publish_consent_text, name="publish-consent-text"),
    path(P, people.person, name="person"),
    path(P + "standpoint/", people.describe_standpoint, name="describe-standpoint"),
    path(P + "account/", people.link_user, name="link-user"),
    path(P + "standpoint/<int:standpoint>/end/", people.end_standpoint, name="end-standpoint"),
    path(P + "change/", people.change_person, name="change-person"),
    path(P + "contact/add/", reaching.add_contact, name="add-contact"),
    path(P + "contact/<int:point>/", reaching.change_contact, name="change-contact"),
    path(P + "contact/<int:point>/remove/", reaching.remove_contact, name="remove-contact"),
    path(P + "contact/<int:point>/prefer/", reaching.prefer_contact, name="prefer-contact"),
    path(P + "adjustment/", adjustments.record_adjustment, name="record-adjustment"),
    path(P + "adjustment/asked/", adjustments.review_adjustments, name="review-adjustments"),
    path(S + "adjustments/<int:adjustment>/share/", adjustments.share_adjustment, name="share-adjustment"),
    path(S + "adjustments/<int:adjustment>/end/", adjustments.end_adjustment, name="end-adjustment"),
    path(P + "consent/<slug:purpose>/", consents.record_consent, name="record-consent"),
    path(P + "code/", identity.make_participant, name="make-participant"),
    path(P + "link/", identity.make_link, name="make-link"),
    path(P + "links/revoke/", identity.revoke_links, name="revoke-links"),
    path("me/", code.type_code, name="type-code"),
    *own_paths("", own.my_page, "my-page"),
    path("s/<slug:study>/me/", login_required(own.my_page), name="me"),
    *own_paths("decision/<slug:purpose>/", own.my_decision, "my-decision"),
    *own_paths("contact/", contact.my_contact, "my-contact"),
    *own_paths("together/", together.my_relationships, "my-relationships"),
    *own_paths("together/<uuid:relationship>/yes/", together.my_confirmation, "my-confirmation"),
    *own_paths("together/<uuid:relationship>/no/", together.my_denial, "my-denial"),
    *own_paths("history/", own.my_history, "my-history"),
    *own_paths("choices/", own.my_choices, "my-choices"),
    *own_paths("choices/different/", adjustments.my_different, "my-different"),
    *own_paths(
        "choices/different/<int:adjustment>/end/", adjustments.my_adjustment_ends, "my-adjustment-ends"
    ),
    *own_paths("choices/less/", own.my_less, "my-less"),
]
