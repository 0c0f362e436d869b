"""Addresses of standards. Those of the tools come first: a version's code can't be one of their words."""

from standards import urls_drafts, urls_exchange, urls_public, urls_versions

app_name = "standards"
urlpatterns = [
    *urls_drafts.urlpatterns,
    *urls_versions.urlpatterns,
    *urls_exchange.urlpatterns,
    *urls_public.urlpatterns,
]
