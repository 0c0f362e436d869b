"""manage.py import_case and export_case."""

import json
import socket
from contextlib import suppress
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from standards.case import fetching
from standards.case.fetching import NotFetched, fetch, is_public
from standards.models import CaseObject, Draft, FrameworkVersion
from tests.factories.evaluations import evaluation_world
from tests.standards.case import makers
from tests.standards.case.loss import lost
from tests.standards.case.oracle import problems

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_frameworks")]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "package.json"
    path.write_text(json.dumps(makers.opencase()), encoding="utf-8")
    return path


def run(*args: str) -> dict:
    out = StringIO()
    with suppress(SystemExit):  # 1 when refused; the report says so too
        call_command("import_case", *args, "--json", stdout=out, stderr=StringIO())
    return json.loads(out.getvalue())


def test_alone_it_only_says_what_is_there(file):
    report = run(str(file))
    assert (report["ok"], report["items"], report["version"], report["draft"]) == (True, 5, None, None)
    assert not FrameworkVersion.objects.exists()


def test_published_and_exported_again(file, tmp_path):
    report = run(str(file), "--publish", "--code", "mau-1", "--valid-from", "2027-01-01")
    assert (report["what"], report["version"]) == ("new", "mau-1")
    out = tmp_path / "again.json"
    call_command("export_case", "mau-1", "--output", str(out))
    again = json.loads(out.read_text(encoding="utf-8"))
    assert problems(again, "CFPackageDType") == []
    assert [place for place in lost(makers.opencase(), again) if "statusStartDate" not in place] == []
    text = StringIO()
    call_command("export_case", again["CFDocument"]["identifier"], stdout=text)
    assert json.loads(text.getvalue()) == again


def test_a_draft_keeps_the_package(file):
    world = evaluation_world()
    report = run(str(file), "--by", world.officer.username)
    draft = Draft.objects.get(pk=report["draft"])
    assert draft.case["editorState"] == {"zoom": 1.5}
    out = StringIO()
    call_command("export_case", "--draft", str(draft.pk), stdout=out)
    package = json.loads(out.getvalue())
    assert package["CFDocument"]["adoptionStatus"] == "Draft"
    assert problems(package, "CFPackageDType") == []
    assert [place for place in lost(makers.opencase(), package) if "adoptionStatus" not in place] == []


def test_nothing_is_half_imported(file):
    data = makers.opencase()
    data["CFAssociations"][0]["destinationNodeURI"] = {"identifier": "nowhere"}
    file.write_text(json.dumps(data), encoding="utf-8")
    report = run(str(file), "--publish")
    assert not report["ok"]
    assert report["problems"][0]["path"] == "CFAssociations[0].destinationNodeURI"
    assert not FrameworkVersion.objects.exists()
    assert not CaseObject.objects.exists()


def test_a_changed_package_under_the_same_code_is_refused(file):
    run(str(file), "--publish")
    data = makers.opencase()
    data["CFItems"][1]["fullStatement"] = "Something else"
    file.write_text(json.dumps(data), encoding="utf-8")
    report = run(str(file), "--publish")
    assert "never" in report["problems"][0]["sentence"]
    assert run(str(file), "--publish", "--code", "mau-2")["version"] == "mau-2"


@pytest.mark.parametrize("args", [[], ["--url", "https://case.example/x"], ["x.json", "--url", "https://x.example/"]])
def test_what_is_missing_is_said(args):
    with pytest.raises(CommandError):
        call_command("import_case", *args)


def test_a_file_that_is_not_there():
    assert "cannot be read" in run("/nowhere/x.json")["problems"][0]["sentence"]


# --- another server -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "::1",
        "10.1.2.3",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "::ffff:127.0.0.1",
        "fe80::1%eth0",
    ],
)
def test_addresses_of_this_machine_and_its_network(address):
    assert not is_public(address)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://x.example/", "https://u:p@x.example/", "https:///x"])
def test_only_addresses_of_the_web(url):
    with pytest.raises(NotFetched):
        fetch(url)


def test_a_name_that_leads_inside_is_refused(monkeypatch):
    inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.5", 443))]
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *_args, **_more: inside)
    with pytest.raises(NotFetched, match="private network"):
        fetch("https://case.example/ims/case/v1p1/CFPackages/x")


@pytest.mark.django_db(transaction=True)
def test_a_package_of_another_server(live_server, file):
    run(str(file), "--publish")
    document = CaseObject.objects.get(kind="CFDocument")
    url = f"{live_server.url}/ims/case/v1p1/CFPackages/{document.identifier}"
    assert "must be allowed" in run("--url", url, "--allow-fetch")["problems"][0]["sentence"]
    report = run("--url", url, "--allow-fetch", "--allow-private", "--publish")
    assert report["what"] == "unchanged"
    url = f"{live_server.url}/ims/case/v1p1/CFPackages/nothing"
    report = run("--url", url, "--allow-fetch", "--allow-private")
    assert "answered 400" in report["problems"][0]["sentence"]


def test_an_answer_without_end(live_server, monkeypatch):
    monkeypatch.setattr(fetching, "LARGEST", 10)
    with pytest.raises(NotFetched, match="larger than"):
        fetch(f"{live_server.url}/readyz", private=True)
