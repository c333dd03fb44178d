from django.urls import path

from alongside.analysis.views import codebook, coding, front, themes

app_name = "analysis"
S = "s/<slug:study>/analysis/"
T = S + "transcripts/<uuid:transcript>/"
urlpatterns = [
    path(S, front.analysis, name="analysis"),
    path(S + "summary", front.summary, name="summary"),
    path(S + "todo", front.todo, name="todo"),
    path(S + "counts/", front.counts, name="counts"),
    path(S + "codebook/", codebook.codebook, name="codebook"),
    path(S + "codebook/add/", codebook.add_code, name="add-code"),
    path(S + "codes/<uuid:code>/", codebook.code, name="code"),
    path(S + "codes/<uuid:code>/change/", codebook.change_code, name="change-code"),
    path(S + "codes/<uuid:code>/retire/", codebook.retire_code, name="retire-code"),
    path(T, coding.coding, name="coding"),
    path(T + "turns/<int:turn>/code/", coding.code_turn, name="code-turn"),
    path(T + "codings/", coding.apply_code, name="apply-code"),
    path(T + "memo/", coding.write_memo, name="write-memo"),
    path(S + "codings/<int:coding>/remove/", coding.remove_coding, name="remove-coding"),
    path(S + "codings/<int:coding>/restore/", coding.restore_coding, name="restore-coding"),
    path(S + "themes/", themes.themes, name="themes"),
    path(S + "themes/start/", themes.start_theme, name="start-theme"),
    path(S + "themes/<uuid:theme>/", themes.theme, name="theme"),
    path(S + "themes/<uuid:theme>/change/", themes.change_theme, name="change-theme"),
    path(S + "themes/<uuid:theme>/choose/<int:coding>/", themes.choose_passage, name="choose-passage"),
    path(S + "passages/<int:passage>/drop/", themes.drop_passage, name="drop-passage"),
]
