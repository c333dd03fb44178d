from django.urls import path

from alongside.demo import views

app_name = "demo"
urlpatterns = [
    path("demo/", views.cast, name="cast"),
    path("demo/as/<uuid:user>", views.sign_in_as, name="sign-in-as"),
]
