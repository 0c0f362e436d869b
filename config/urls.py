"""Every address of the product. tests/meta/test_urls.py states who may open each."""

from django.urls import include, path
from django.views.generic import RedirectView

from core import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    # allauth's own page adds addresses without asking for the password; one's account page asks
    path("accounts/email/", RedirectView.as_view(pattern_name="people:me"), name="account_email"),
    path("accounts/", include("allauth.account.urls")),
    path("", include("evaluations.home_urls")),
    path("", include("core.urls")),
    path("people/", include("people.urls")),
    path("standards/", include("standards.urls")),
    path("ims/case/v1p1/", include("standards.case.urls")),
    path("evaluations/", include("evaluations.urls")),
    path("mentoring/", include("mentoring.urls")),
    path("reports/", include("reports.urls")),
]

handler400 = "core.views.bad_request"
handler403 = "core.views.permission_denied"
handler404 = "core.views.not_found"
handler429 = "core.views.too_many_requests"  # read by allauth
handler500 = "core.views.server_error"
