from django.urls import path

from alongside.followup.views import samples, timeline

app_name = "followup"
F = "s/<slug:study>/followup/"
P = F + "plans/<uuid:protocol>/"
R = F + "frames/<uuid:frame>/"
urlpatterns = [
    path(F, timeline.followup, name="followup"),
    path(F + "summary", timeline.summary, name="summary"),
    path(F + "todo", timeline.todo, name="todo"),
    path(F + "plans/new/", timeline.create_protocol, name="create-protocol"),
    path(P + "times/new/", timeline.add_timepoint, name="add-timepoint"),
    path(P + "dates/", timeline.anchor_timepoints, name="anchor-timepoints"),
    path(F + "questions/new/", timeline.add_instrument, name="add-instrument"),
    path(F + "questions/<uuid:instrument>/", timeline.publish_version, name="publish-version"),
    path(F + "due/<uuid:instance>/<int:version>/", timeline.record_response, name="record-response"),
    path(F + "answers/<int:response>/", timeline.correct_response, name="correct-response"),
    path(F + "frames/", samples.frames, name="frames"),
    path(F + "frames/new/", samples.take_frame, name="take-frame"),
    path(R, samples.frame, name="frame"),
    path(R + "pick/", samples.pick_purposively, name="pick-purposively"),
    path(R + "draw/", samples.draw_randomly, name="draw-randomly"),
    path(F + "chosen/<int:member>/refusal/", samples.record_refusal, name="record-refusal"),
    path(F + "chosen/<int:member>/replace/", samples.replace_pick, name="replace-pick"),
]
