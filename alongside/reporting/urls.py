from django.urls import path

from alongside.reporting import views

app_name = "reporting"
S = "s/<slug:study>/reporting/"
R = S + "<uuid:report>/"
urlpatterns = [
    path(S, views.reports, name="reports"),
    path(S + "summary", views.summary, name="summary"),
    path(S + "todo", views.todo, name="todo"),
    path(S + "start/", views.start_report, name="start-report"),
    path(R, views.finding, name="finding"),
    path(R + "write/", views.write_report, name="write-report"),
    path(R + "draw/", views.draw_theme, name="draw-theme"),
    path(R + "sections/add/", views.add_section, name="add-section"),
    path(R + "publish/", views.publish_report, name="publish-report"),
    path(R + "take-back/", views.take_back_report, name="take-back-report"),
    path(R + "download/<str:kind>/", views.download_report, name="download-report"),
    path(S + "sections/<int:section>/", views.write_section, name="write-section"),
    path(S + "sections/<int:section>/drop/", views.drop_section, name="drop-section"),
    path(S + "quotes/<int:quote>/check/", views.check_quote, name="check-quote"),
    path(S + "quotes/<int:quote>/drop/", views.drop_quote, name="drop-quote"),
    path("findings/<uuid:report>/", views.public_finding, name="public-finding"),
]
