"""Addresses of the head's and the officer's side: cycles, boards, reviews, opinions."""

from django.urls import path

from evaluations.views import board, cycles, opinions, preview, review, simulator

urlpatterns = [
    path("preview/<uuid:pk>/", preview.preview_draft, name="preview_draft"),
    path("cycles/", cycles.cycle_index, name="cycles"),
    path("cycles/new/", cycles.cycle_new, name="cycle_new"),
    path("cycles/<slug:code>/", cycles.cycle_detail, name="cycle"),
    path("cycles/<slug:code>/edit/", cycles.cycle_edit, name="cycle_edit"),
    path("cycles/<slug:code>/open/", cycles.cycle_open, name="cycle_open"),
    path("cycles/<slug:code>/discard/", cycles.cycle_discard, name="cycle_discard"),
    path("cycles/<slug:code>/refresh/", cycles.cycle_refresh, name="cycle_refresh"),
    path("cycles/<slug:code>/dates/", cycles.cycle_dates, name="cycle_dates"),
    path("cycles/<slug:code>/remind-heads/", cycles.cycle_heads, name="cycle_heads"),
    path("cycles/<slug:code>/close/", cycles.cycle_close, name="cycle_close"),
    path("cycles/<slug:code>/simulate/", simulator.simulator, name="simulator"),
    path("cycles/<slug:code>/simulate/<slug:unit_code>/", simulator.simulator_school, name="simulator_school"),
    path("cycles/<slug:code>/board/<slug:unit_code>/", board.board, name="board"),
    path("cycles/<slug:code>/board/<slug:unit_code>/results/", board.board_results, name="board_results"),
    path("cycles/<slug:code>/board/<slug:unit_code>/announce/", board.board_announce, name="board_announce"),
    path("cycles/<slug:code>/board/<slug:unit_code>/remind/", board.board_remind, name="board_remind"),
    path("opinions/<slug:code>/<slug:group_code>/", opinions.matrix, name="opinions"),
    path("opinions/<slug:code>/<slug:group_code>/save/", opinions.save, name="opinions_save"),
    path("opinions/<slug:code>/<slug:group_code>/hand-in/", opinions.hand_in, name="opinions_hand_in"),
    path("opinions/<slug:code>/<slug:group_code>/<uuid:pk>/", opinions.one, name="opinion"),
    path("<uuid:pk>/review/", review.review, name="review"),
    path("<uuid:pk>/review/save/", review.review_save, name="review_save"),
    path("<uuid:pk>/extend/", board.extend, name="extend"),
]
