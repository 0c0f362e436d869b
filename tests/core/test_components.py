"""Template tags: what they print, what they escape, what they leave out."""

import datetime as dt
from types import SimpleNamespace

import pytest
import time_machine
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils.translation import override

from core.charts.parts import shares
from core.components.words import percent
from core.decisions import Allowed, Denied, nobody_elses_work
from core.forms import fields

NOON = time_machine.travel(dt.datetime(2026, 11, 21, 5, 0, tzinfo=dt.UTC), tick=False)  # noon in Viet Nam


def show(source, rf=None, path="/", **context):
    request = rf.get(path) if rf else None
    return Template(source).render(Context({**({"request": request} if request else {}), **context}))


# --- words ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("language", "words"), [("vi", "21 tháng 11 năm 2026"), ("en", "21 November 2026"), ("ru", "21 ноября 2026")]
)
def test_dates_are_in_the_words_of_the_reader(language, words):
    with override(language):
        assert show("{{ day|date_words }}", day=dt.date(2026, 11, 21)) == words


def test_the_day_of_a_moment_is_the_local_one():
    late = dt.datetime(2026, 11, 21, 18, 30, tzinfo=dt.UTC)  # 01:30 of the next day in Viet Nam
    assert show("{{ late|date_words }}", late=late) == "22 November 2026"


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "today"), (1, "1 day left"), (3, "3 days left"), (-1, "overdue by 1 day"), (-2, "overdue by 2 days")],
)
@NOON
def test_days_left(days, words):
    assert show("{{ day|days_left }}", day=dt.date(2026, 11, 21) + dt.timedelta(days)) == words


@NOON
def test_a_near_deadline_warns_and_a_past_one_alarms():
    assert 'class="due-soon nowrap">(3 days left)' in show("{{ d|deadline }}", d=dt.date(2026, 11, 24))
    assert 'class="overdue nowrap">(overdue by 1 day)' in show("{{ d|deadline }}", d=dt.date(2026, 11, 20))
    assert 'class="muted nowrap">(9 days left)' in show("{{ d|deadline }}", d=dt.date(2026, 11, 30))


@NOON
def test_moments_for_people_and_machines():
    now = dt.datetime(2026, 11, 21, 4, 5, tzinfo=dt.UTC)
    assert ">today at 11:05</time>" in show("{{ now|person_time }}", now=now)
    assert ">yesterday at 11:05</time>" in show("{{ now|person_time }}", now=now - dt.timedelta(days=1))
    assert ">1 November 2026, 11:05</time>" in show("{{ now|person_time }}", now=now - dt.timedelta(days=20))


def test_nothing_is_printed_for_no_date():
    assert show("{{ d|date_words }}{{ d|days_left }}{{ d|person_time }}{{ d|deadline }}", d=None) == ""


@pytest.mark.parametrize(
    ("size", "words"), [(0, "0 bytes"), (1, "1 byte"), (421_888, "412 kB"), (20 * 1024 * 1024, "20.0 MB")]
)
def test_sizes(size, words):
    assert show("{{ size|file_size }}", size=size) == words


# --- states ---------------------------------------------------------------------------------------------------------
def test_a_level_has_its_word_and_its_bars():
    html = show('{% level_badge "K" "Khá" 3 %}')
    assert html == '<span class="level level-tone-3 level-at-3 level-of-4" data-level="K">Khá</span>'


def test_no_level_is_said_in_words():
    assert show('{% level_badge "" "" 0 %}') == '<span class="no-level">Not rated</span>'


def test_labels_are_escaped():
    assert "&lt;b&gt;" in show('{% status_pill "x" label %}', label="<b>")


# --- links ----------------------------------------------------------------------------------------------------------
def test_query_keeps_the_rest_and_removes_what_is_empty(rf):
    html = show('{% query page=2 q="" %}', rf, "/?q=Hoa&stage=open&page=1")
    assert html == "?stage=open&amp;page=2"


def test_sort_header_turns_round_and_goes_back_to_the_first_page(rf):
    assert "?q=a&amp;sort=-name" in show('{% sort_header "name" "Name" %}', rf, "/?q=a&sort=name&page=4")
    html = show('{% sort_header "name" "Name" default="-name" %}', rf)
    assert 'aria-sort="descending"' in html
    assert "?sort=name" in html


def test_pages_of_a_list(rf):
    page = Paginator(range(485), 20).get_page(7)
    html = show("{% paginate page_obj %}", rf, "/?q=a", page_obj=page)
    assert "121 to 140 of 485" in html
    assert html.count("aria-current") == 1
    assert 'href="?q=a&amp;page=8" rel="next"' in html


def test_one_page_needs_no_pages(rf):
    assert show("{% paginate page_obj %}", rf, page_obj=Paginator(range(3), 20).get_page(1)).strip() == ""


# --- acts -----------------------------------------------------------------------------------------------------------
def test_an_allowed_act_is_a_form_that_posts(rf):
    html = show('{% action_button d "Submit" "/go/" confirm="Sure?" %}', rf, d=Allowed())
    assert '<form class="action" method="post" action="/go/" data-confirm="Sure?">' in html
    assert "csrfmiddlewaretoken" in html


def test_an_act_out_of_time_is_disabled_reachable_and_explained(rf):
    html = show('{% action_button d "Submit" "/go/" %}', rf, d=Denied("The stage is over."))
    assert "<form" not in html
    assert 'aria-disabled="true"' in html
    assert " disabled" not in html
    reason = html.split('aria-describedby="')[1].split('"')[0]
    assert f'id="{reason}">The stage is over.' in html


def test_somebody_elses_act_is_not_shown(rf):
    denied = nobody_elses_work("Only the head may.")
    assert show('{% action_button d "Decide" "/go/" %}{% action_link d "Decide" "/go/" %}', rf, d=denied) == ""


# --- parts ----------------------------------------------------------------------------------------------------------
def test_blocks_wrap_their_content():
    html = show('{% notice "warning" "Look" %}<p>{{ text }}</p>{% endnotice %}', text="<i>")
    assert "tone-warning" in html
    assert "<p>&lt;i&gt;</p>" in html


def test_wide_tables_are_regions_the_keyboard_reaches():
    html = show('{% table_region "Marks" %}<table></table>{% endtable_region %}')
    assert html == '<div class="table-region" role="region" aria-label="Marks" tabindex="0"><table></table></div>'


def test_timeline_tells_when_who_what_and_why():
    event = SimpleNamespace(when=dt.datetime(2026, 9, 1, 1, tzinfo=dt.UTC), who="Lan", what="Returned", comment="Why")
    html = show("{% timeline events %}", events=[event])
    assert "Returned" in html
    assert "Lan," in html
    assert "1 September 2026, 08:00" in html
    assert "Why" in html


# --- errors ---------------------------------------------------------------------------------------------------------
class Sample(forms.Form):
    name = forms.CharField(label="Name")
    level = forms.ChoiceField(label="Level", choices=[("K", "Khá")], widget=forms.RadioSelect)
    born = fields.DateField(label="Born")

    def clean(self):
        raise forms.ValidationError("The two do not agree.")


def test_every_error_links_to_a_field_that_is_there_and_names_it():
    form = Sample({"born": "31/02/1985"})
    html = show("{% error_summary form %}{{ form }}", form=form)
    summary, rest = html.split("</ul>", 1)
    assert "<li>The two do not agree.</li>" in summary
    assert '<a href="#id_name">Name: This field is required.</a>' in summary
    assert '<a href="#id_level_0">Level: This field is required.</a>' in summary
    for target in ("id_name", "id_level_0", "id_born"):
        assert f'id="{target}"' in rest
    assert html.count("data-error-summary") == 1


def test_a_form_alone_sums_its_errors_up_by_itself():
    assert show("{{ form }}", form=Sample({})).count("data-error-summary") == 1


def test_no_summary_without_errors():
    assert show("{% error_summary form %}", form=Sample()) == ""


def test_formsets_are_summed_up_too():
    formset = forms.formset_factory(Sample, extra=2)(
        {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-name": "a", "form-1-name": ""}
    )
    assert 'href="#id_form-0-level_0"' in show("{% error_summary formset %}", formset=formset)


@pytest.mark.parametrize(
    ("part", "whole", "shown"), [(1, 8, "13 %"), (3, 8, "38 %"), (5, 8, "63 %"), (29, 200, "15 %")]
)
def test_half_a_per_cent_is_rounded_up_everywhere(part, whole, shown):
    assert percent(part, whole) == shown
    assert f"{shares([part, whole - part])[0]} %" == shown
