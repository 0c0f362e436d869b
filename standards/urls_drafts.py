"""Addresses of the editor."""

from django.urls import URLPattern, path

from standards.views import drafts, editor, editor_rule

urlpatterns: list[URLPattern] = [
    path("drafts/", drafts.index, name="drafts"),
    path("drafts/copy/", drafts.copy, name="draft_copy"),
    path("drafts/new/", drafts.new, name="draft_new"),
    path("drafts/<uuid:pk>/", editor.overview, name="draft"),
    path("drafts/<uuid:pk>/node/<str:node>/", editor.node, name="draft_node"),
    path("drafts/<uuid:pk>/facts/", editor.facts, name="draft_facts"),
    path("drafts/<uuid:pk>/levels/", editor.levels, name="draft_levels"),
    path("drafts/<uuid:pk>/rule/", editor_rule.rule, name="draft_rule"),
    path("drafts/<uuid:pk>/examples/", editor_rule.examples, name="draft_examples"),
    path("drafts/<uuid:pk>/examples/new/", editor_rule.example, name="draft_example_new"),
    path("drafts/<uuid:pk>/examples/try/", editor_rule.try_example, name="draft_try"),
    path("drafts/<uuid:pk>/examples/<int:at>/", editor_rule.example, name="draft_example"),
    path("drafts/<uuid:pk>/history/", drafts.history, name="draft_history"),
    path("drafts/<uuid:pk>/publish/", drafts.publish, name="draft_publish"),
    path("drafts/<uuid:pk>/discard/", drafts.discard, name="draft_discard"),
    path("drafts/<uuid:pk>/tree/", editor.tree, name="draft_tree"),
    path("drafts/<uuid:pk>/act/", editor.act, name="draft_act"),
    path("drafts/<uuid:pk>/save/<str:node>/<path:field>/", editor.save, name="draft_save"),
]
