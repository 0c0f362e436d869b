"""Every text of the interface is translated, and the tool that says so works."""

import pytest

from core import texts


@pytest.fixture(scope="module")
def collected():
    """The texts of the whole product."""
    return texts.collect()


@pytest.mark.parametrize("language", texts.languages())
def test_every_text_is_translated(language, collected):
    found = texts.problems(language, collected)
    if found:
        pytest.fail(f"{len(found)} problems\n" + "\n".join(found), pytrace=False)


def test_texts_are_found_in_code_and_templates(collected):
    files = {file for text in collected.values() for file in text.files}
    assert any(file.startswith("templates/") for file in files)
    assert any(file.endswith(".py") for file in files)


@pytest.fixture
def product(tmp_path, settings):
    """A small product with its own folder of texts."""
    settings.BASE_DIR = tmp_path
    (tmp_path / "app" / "templates").mkdir(parents=True)
    (tmp_path / "app" / "code.py").write_text(
        '_("Hello %(name)s")\nngettext("%(n)s day", "%(n)s days", 2)\npgettext("verb", "Open")\n'
        '# Translators: a place\ngettext_lazy("Home" " town")\n',
    )
    (tmp_path / "app" / "templates" / "page.html").write_text(
        "<p>\n    {% trans 'Title' %}\n  {% blocktrans trimmed with a=b %}\n   Two\n   {{ a }}\n {% endblocktrans %}"
        '\n{{ _("inline") }} it\'s (unbalanced\n</p>',
    )
    return tmp_path


def test_collect(product):
    found = texts.collect()
    assert {text.id for text in found.values()} == {
        "Hello %(name)s", ("%(n)s day", "%(n)s days"), "Open", "Home town", "Title", "Two %(a)s", "inline",
    }  # fmt: skip
    assert found["verb", "Open"].files == {"app/code.py"}
    assert found[None, "Home town"].notes == {"Translators: a place"}


def test_update_keeps_translations_and_is_stable(product):
    assert texts.update("vi")
    assert not texts.update("vi")
    path = texts.po_path("vi")
    path.write_text(path.read_text().replace('msgid "Title"\nmsgstr ""', 'msgid "Title"\nmsgstr "Tiêu đề"'))
    (product / "app" / "new.py").write_text('_("Another")')
    assert texts.update("vi")
    assert texts.read("vi").get("Title").string == "Tiêu đề"
    assert texts.read("vi").get("Another").string == ""


def test_problems_are_told(product):
    texts.update("vi")
    path = texts.po_path("vi")
    path.write_text(
        path.read_text().replace('msgid "Hello %(name)s"\nmsgstr ""', 'msgid "Hello %(name)s"\nmsgstr "Chào"')
    )
    (product / "app" / "new.py").write_text('_("Another")')
    (product / "app" / "templates" / "page.html").unlink()
    found = "\n".join(texts.problems("vi"))
    assert "'Another' (app/new.py) is not in the file" in found
    assert "'Open' (app/code.py) has no translation" in found
    assert "the placeholders of 'Chào' differ" in found
    assert "'Title' is used nowhere" in found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("%(a)s and %(b)d", {"a", "b"}),
        ("{x} of {y}", {"{x}", "{y}"}),
        ("100 % done, 5%% left", set()),
        ("a lone { brace", set()),
        ("%s", {"%s"}),
    ],
)
def test_placeholders(text, names):
    assert texts.placeholders(text) == names
