from django.urls import path

from alongside.exchange import views
from alongside.exchange.codebook import views as codebook
from alongside.exchange.people import views as people

app_name = "exchange"
S = "s/<slug:study>/exchange/"
F = S + "people/<uuid:people_file>/"
urlpatterns = [
    path(S, views.exports, name="exports"),
    path(S + "decisions.<str:format>", views.export_decisions, name="export-decisions"),
    path(S + "figures/<uuid:release>.<str:format>", views.take_figures, name="take-figures"),
    path(S + "memos.<str:format>", views.export_memos, name="export-memos"),
    path(S + "<str:what>.<str:format>", views.export, name="export"),
    path(S + "codings/", views.import_codings, name="import-codings"),
    path(S + "codebook/", codebook.import_codebook, name="import-codebook"),
    path(S + "codebook/take/", codebook.take_codebook, name="take-codebook"),
    path(S + "people/", people.import_people, name="import-people"),
    path(S + "people/people.csv", people.people_template, name="people-template"),
    path(F + "columns/", people.match_columns, name="match-columns"),
    path(F + "check/", people.check_people, name="check-people"),
    path(F + "forget/", people.forget_people_file, name="forget-people-file"),
    path(S + "people/brought/<uuid:brought>/", people.people_brought, name="people-brought"),
]
