from django.urls import path

from alongside.people.own import own_paths
from alongside.stewardship.views import (
    consents,
    copy,
    erasure,
    identity,
    keys,
    merging,
    own,
    register,
    retention,
    stops,
    trail,
)

app_name = "stewardship"
S = "s/<slug:study>/stewardship/"
P = "s/<slug:study>/people/<uuid:person>/"
urlpatterns = [
    path(S + "changed", stops.changed, name="changed"),
    path(S + "audit/", trail.audit, name="audit"),
    path(S + "consents/", consents.consents, name="consents"),
    path(S + "consents/take/", consents.take_consents, name="take-consents"),
    path(S + "register/", register.register, name="register"),
    path(S + "identity/", identity.identity_requests, name="identity-requests"),
    path(S + "identity/ask/", identity.ask_identity, name="ask-identity"),
    path(S + "identity/look/", identity.look_up_identity, name="look-up-identity"),
    path(S + "identity/answer/", identity.answer_identity, name="answer-identity"),
    path(S + "retention/", retention.retention, name="retention"),
    path(S + "retention/decide/", retention.decide_retention, name="decide-retention"),
    path(S + "retention/<slug:kind>/", retention.due, name="due"),
    path(S + "retention/<slug:kind>/erase/", retention.erase_due, name="erase-due"),
    path(S + "key/", keys.identity_key, name="identity-key"),
    path(S + "key/destroy/", keys.ask_to_destroy, name="ask-to-destroy"),
    path(S + "key/confirm/", keys.confirm_destroying, name="confirm-destroying"),
    path(S + "key/take-back/", keys.take_back_destroying, name="take-back-destroying"),
    path(P + "copy-code/", copy.give_copy_code, name="give-copy-code"),
    path(S + "same-people/", merging.same_people, name="same-people"),
    path(S + "merges/<uuid:merge>/undo/", merging.undo_merge, name="undo-merge"),
    path(P + "merge/", merging.merge_people, name="merge-people"),
    path(P + "stop/", stops.record_stop, name="record-stop"),
    path(P + "receipts/", stops.receipts, name="receipts"),
    path(P + "receipts/<uuid:receipt>/", stops.receipt, name="receipt"),
    path(S + "erasure/", erasure.erasure_requests, name="erasure-requests"),
    path(S + "erasure/<uuid:erasure>/", erasure.answer_erasure, name="answer-erasure"),
    *own_paths("uses/", own.my_uses, "my-uses"),
    *own_paths("erasure/", own.my_erasure, "my-erasure"),
    *own_paths("copy/", copy.my_copy, "my-copy"),
    *own_paths("copy/code/", copy.my_copy_code, "my-copy-code"),
    *own_paths("stop/", own.my_stop, "my-stop"),
    *own_paths("receipts/", own.my_receipts, "my-receipts"),
    *own_paths("receipts/<uuid:receipt>/", own.my_receipt, "my-receipt"),
]
