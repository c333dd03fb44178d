from django.urls import path

from alongside.people.own import own_paths
from alongside.stewardship import views

app_name = "stewardship"
S = "s/<slug:study>/stewardship/"
P = "s/<slug:study>/people/<uuid:person>/"
urlpatterns = [
    path(S + "changed", views.changed, name="changed"),
    path(S + "audit/", views.audit, name="audit"),
    path(P + "stop/", views.record_stop, name="record-stop"),
    path(P + "receipts/", views.receipts, name="receipts"),
    path(P + "receipts/<uuid:receipt>/", views.receipt, name="receipt"),
    *own_paths("stop/", views.my_stop, "my-stop"),
    *own_paths("receipts/", views.my_receipts, "my-receipts"),
    *own_paths("receipts/<uuid:receipt>/", views.my_receipt, "my-receipt"),
]
