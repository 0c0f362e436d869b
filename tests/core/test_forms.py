"""Fields as the renderer prints them."""

import re

from django import forms

from core.forms import fields, widgets


class Sample(forms.Form):
    name = forms.CharField(label="Name", help_text="As on the list")
    email = forms.EmailField(label="E-mail", required=False)
    born = fields.DateField(label="Born")
    level = forms.ChoiceField(
        label="Level", choices=[("K", "Khá"), ("T", "Tốt")], widget=widgets.RadioList(hints={"T": "The best"})
    )
    note = fields.LongTextField(label="Note", limit=10, required=False)
    school = forms.ChoiceField(label="School", choices=[("1", "A")])
    agree = forms.BooleanField(label="I agree")
    file = forms.FileField(label="File", required=False, widget=widgets.FileDrop(hint="PDF"))
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def test_label_hint_and_error_belong_to_the_control():
    html = str(Sample({})["name"].as_field_group())
    assert '<label for="id_name">Name</label>' in html
    assert 'id="id_name_helptext">As on the list' in html
    assert 'id="id_name_error"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert "field-error" in html


def test_optional_is_marked_and_required_is_not():
    assert '<span class="optional">(optional)</span>' in Sample()["email"].as_field_group()
    assert "(optional)" not in Sample()["name"].as_field_group()


def test_groups_have_a_legend_and_each_choice_a_large_label():
    html = Sample()["level"].as_field_group()
    assert re.search(r"<fieldset>\s*<legend>Level</legend>", html)
    assert '<label class="tick" for="id_level_1"><input type="radio"' in html
    assert '<span class="tick-hint">The best</span>' in html


def test_classes_fit_the_control():
    form = Sample()
    assert 'class="form-control"' in str(form["name"])
    assert 'class="form-select"' in str(form["school"])
    assert 'class="form-check-input"' in str(form["agree"])
    assert "class" not in str(form["secret"])


def test_a_class_of_the_widget_is_kept():
    class Own(forms.Form):
        code = forms.CharField(widget=forms.TextInput({"class": "wide", "placeholder": "Code"}))

    html = str(Own()["code"])
    assert 'class="wide form-control"' in html
    assert "placeholder" not in html


def test_a_single_tick_stands_before_its_words():
    html = Sample()["agree"].as_field_group()
    assert html.index("<input") < html.index("I agree")
    assert "(optional)" not in html


def test_dates_read_day_first_and_show_the_browsers_own_form():
    form = Sample({"born": "05/11/1985"})
    form.is_valid()
    assert form.cleaned_data["born"].isoformat() == "1985-11-05"
    html = str(Sample(initial={"born": form.cleaned_data["born"]})["born"])
    assert 'type="date"' in html
    assert 'value="1985-11-05"' in html


def test_an_impossible_date_is_shown_as_it_was_typed():
    html = str(Sample({"born": "31/02/1985"})["born"])
    assert 'type="text"' in html
    assert 'value="31/02/1985"' in html


def test_line_ends_count_once():
    form = Sample({"note": "12345\r\n7890"})
    form.is_valid()
    assert "note" not in form.errors
    assert form.cleaned_data["note"] == "12345\n7890"


def test_the_counter_knows_its_limit_without_scripts():
    html = Sample()["note"].as_field_group()
    assert 'data-counter="10"' in html
    assert "At most 10 characters" in html


def test_nothing_inline():
    html = str(Sample({}))
    assert not re.search(r"<script|style=|\son\w+=", html)
