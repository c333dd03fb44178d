from django.urls import path

from alongside.exchange import views

app_name = "exchange"
S = "s/<slug:study>/exchange/"
urlpatterns = [
    path(S, views.exports, name="exports"),
    path(S + "<str:what>.<str:format>", views.export, name="export"),
    path(S + "codings/", views.import_codings, name="import-codings"),
]
