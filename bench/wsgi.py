"""What gunicorn serves while measuring; DJANGO_SETTINGS_MODULE says whether product or floor."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
