"""Signing in, the directory, the import page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from accounts import demo
from accounts.importing import IMPORTS
from accounts.models import Department, DepartmentAlias, User
from tests.accounts.tables import DEPARTMENTS
from tests.factories import department, person
from tests.people import Cast


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def csv(text: str, name: str = "单位.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def test_right_words_let_in_and_wrong_ones_say_what_to_do(people: Cast, client: Client) -> None:
    wrong = client.post("/accounts/login/", {"username": "ducha", "password": "nonsense"})
    assert "账号或密码不对" in wrong.content.decode()
    right = client.post("/accounts/login/", {"username": "ducha", "password": "word-for-tests"})
    assert right.status_code == 302


def test_signing_in_leads_back_to_this_site_only(people: Cast, client: Client) -> None:
    words = {"username": "ducha", "password": "word-for-tests"}
    away = client.post("/accounts/login/", words | {"next": "https://elsewhere.example/"})
    assert away["Location"] == "/"
    client.logout()
    assert client.post("/accounts/login/", words | {"next": "/people/"})["Location"] == "/people/"


def test_a_part_of_a_page_asked_for_after_the_session_ended_reloads_the_page(
    people: Cast, client: Client
) -> None:
    answer = client.get("/people/", headers={"HX-Request": "true"}, follow=True)
    assert answer["HX-Refresh"] == "true"


def test_an_expired_form_says_that_nothing_was_saved(people: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.supervisor)
    answer = client.post("/people/import/", {"kind": "departments", "file": csv(DEPARTMENTS)})
    assert answer.status_code == 403
    assert "内容没有保存" in answer.content.decode()


def test_what_is_not_there_and_what_is_not_yours_look_like_this_site(people: Cast) -> None:
    client = as_(people.leading)
    assert "没有找到这一页" in client.get("/nowhere/").content.decode()
    assert "只有督查员和系统管理员可以导入" in client.get("/people/import/").content.decode()


def test_nobody_looks_around_without_signing_in(people: Cast, client: Client) -> None:
    for address in ("/people/", "/people/import/", "/accounts/password/"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/accounts/login/")


def test_signing_out_takes_a_press_not_a_link(people: Cast) -> None:
    client = as_(people.supervisor)
    assert client.get("/accounts/logout/").status_code == 405
    assert client.post("/accounts/logout/").status_code == 302
    assert client.get("/people/").status_code == 302


@pytest.mark.parametrize(("is_demo", "shown"), [(True, 1), (False, 0)])
def test_demo_accounts_are_shown_in_the_demo_only(
    is_demo: bool, shown: int, settings: Settings, client: Client, db: None
) -> None:
    settings.DEMO = is_demo
    assert client.get("/accounts/login/").content.decode().count("演示账号") == shown


def test_a_password_is_changed_by_who_knows_the_old_one(people: Cast) -> None:
    client = as_(people.supervisor)
    new = {"new_password1": "qiufeng-2026-9", "new_password2": "qiufeng-2026-9"}
    client.post("/accounts/password/", new | {"old_password": "guess"})
    assert User.objects.get(pk=people.supervisor.pk).check_password("word-for-tests")
    client.post("/accounts/password/", new | {"old_password": "word-for-tests"})
    assert User.objects.get(pk=people.supervisor.pk).check_password("qiufeng-2026-9")


def test_the_directory_shows_names_aliases_and_people(people: Cast) -> None:
    DepartmentAlias.objects.create(department=people.lead, name="水务")
    page = as_(people.supervisor).get("/people/").content.decode()
    assert "云川市水务局" in page
    assert "水务" in page
    assert "shuiwu" in page


def test_a_liaison_sees_all_departments_but_people_of_the_own_only(people: Cast) -> None:
    page = as_(people.leading).get("/people/").content.decode()
    assert "云川市文旅局" in page
    assert "shuiwu" in page
    assert "wenlv" not in page


def test_the_directory_is_searched_by_alias_and_by_person(people: Cast) -> None:
    DepartmentAlias.objects.create(department=people.part, name="执法局")
    client = as_(people.supervisor)
    for words in ("执法局", "chengguan"):
        page = client.get("/people/", {"q": words}).content.decode()
        assert "云川市城管局" in page, words
        assert "云川市文旅局" not in page, words
    assert "没有符合条件的单位" in client.get("/people/", {"q": "查无此局"}).content.decode()


def test_searching_does_not_reveal_people_of_other_departments(people: Cast) -> None:
    page = as_(people.leading).get("/people/", {"q": "wenlv"}).content.decode()
    assert "云川市文旅局" not in page


def test_a_child_stands_under_its_parent(people: Cast) -> None:
    department("云川市河道中心", parent=people.lead, kind=Department.Kind.INSTITUTION)
    sections = as_(people.supervisor).get("/people/").context["sections"]
    lines = [(line.department.name, line.depth) for section in sections for line in section.lines]
    assert lines[lines.index(("云川市水务局", 0)) + 1] == ("云川市河道中心", 1)


def test_the_directory_takes_as_many_queries_for_one_department_as_for_many(
    people: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_(people.supervisor)
    for number in range(30):
        home = department()
        person(home=home)
        DepartmentAlias.objects.create(department=home, name=f"别名{number}")
    with django_assert_max_num_queries(8):
        client.get("/people/")


@pytest.mark.parametrize(
    ("name", "status"),
    [("supervisor", 200), ("administrator", 200), ("leader", 403), ("leading", 403), ("outsider", 403)],
)
def test_only_the_office_and_administrators_import(name: str, status: int, people: Cast) -> None:
    client = as_(people[name])
    assert client.get("/people/import/").status_code == status
    sent = client.post("/people/import/", {"kind": "departments", "file": csv(DEPARTMENTS), "apply": "1"})
    assert sent.status_code == (302 if status == 200 else 403)
    assert Department.objects.filter(short_name="松岗镇").exists() == (status == 200)


def test_checking_first_writes_nothing_and_tells_the_counts(people: Cast) -> None:
    sent = {"kind": "departments", "file": csv(DEPARTMENTS), "preview": "1"}
    page = as_(people.supervisor).post("/people/import/", sent)
    assert "单位新增 3 个" in page.content.decode()
    assert not Department.objects.filter(short_name="松岗镇").exists()


def test_faults_are_listed_by_row_and_column_on_the_page(people: Cast) -> None:
    sent = {"kind": "departments", "file": csv("单位全称,类别\n甲局,乱写\n"), "apply": "1"}
    answer = as_(people.supervisor).post("/people/import/", sent)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "第 2 行" in page
    assert "没有“乱写”这一类" in page


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"kind": "departments"}, "必填"),
        ({"kind": "departments", "file": SimpleUploadedFile("a.csv", b"")}, "空的"),
        ({"kind": "weather", "file": csv(DEPARTMENTS)}, "weather"),
        ({"kind": "people", "file": SimpleUploadedFile("a.csv", b"x" * (5 * 1024 * 1024 + 1))}, "超过 5 MB"),
    ],
)
def test_a_bad_upload_is_refused_in_words(sent: dict[str, object], words: str, people: Cast) -> None:
    answer = as_(people.administrator).post("/people/import/", sent)
    assert answer.status_code == 400
    assert words in answer.content.decode()


def test_the_menu_shows_each_role_its_own_entries(people: Cast) -> None:
    def menu(user: User) -> str:
        page = as_(user).get("/people/").content.decode()
        return page[page.index('<nav class="menu"') : page.index("</nav>")]

    assert "我的事项" in menu(people.leading)
    assert "讲话" not in menu(people.leading)
    assert "后台管理" not in menu(people.supervisor)
    assert "后台管理" in menu(people.administrator)
    assert menu(people.supervisor).count('aria-current="page"') == 1


def test_the_api_lists_departments_to_who_is_signed_in_and_changes_none(people: Cast, client: Client) -> None:
    assert client.get("/api/departments/").status_code in (401, 403)
    DepartmentAlias.objects.create(department=people.lead, name="水务")
    found = as_(people.leading).get("/api/departments/").json()["results"]
    assert {"云川市水务局", "云川市文旅局"} <= {row["name"] for row in found}
    assert ["水务"] in [row["aliases"] for row in found]
    assert as_(people.administrator).post("/api/departments/", {"name": "新局"}).status_code == 405


def test_the_admin_site_opens_to_administrators_and_aligns_their_rights(people: Cast) -> None:
    boss = person("boss", User.Role.ADMINISTRATOR, is_staff=True, is_superuser=True)
    client = as_(boss)
    assert client.get("/admin/accounts/user/").status_code == 200
    assert client.get(f"/admin/accounts/department/{people.lead.pk}/change/").status_code == 200
    fields = {"username": "boss2", "role": "administrator", "usable_password": "true", "full_name": "波二"}
    words = {"password1": "qiufeng-2026-9", "password2": "qiufeng-2026-9"}
    assert client.post("/admin/accounts/user/add/", fields | words).status_code == 302
    assert User.objects.get(username="boss2").is_staff
    assert as_(people.supervisor).get("/admin/").status_code == 302


@pytest.mark.parametrize("name", IMPORTS)
def test_a_blank_table_has_the_headings_that_the_import_reads(people: Cast, name: str) -> None:
    answer = as_(people.supervisor).get("/people/import/", {"blank": name})
    assert answer["Content-Type"].startswith("text/csv")
    assert answer.content.decode("utf-8-sig").strip().split(",") == list(IMPORTS[name].columns)
    assert as_(people.leading).get("/people/import/", {"blank": name}).status_code == 403


def test_one_press_signs_in_to_a_demo_account_and_only_in_a_demo(
    people: Cast, client: Client, settings: Settings
) -> None:
    settings.DEMO = False
    assert demo.PASSWORD not in client.get("/accounts/login/").content.decode()
    settings.DEMO = True
    page = client.get("/accounts/login/").content.decode()
    assert all(f'name="username" value="{name}"' in page for name, _ in demo.ACCOUNTS)
    assert page.count(f'name="password" value="{demo.PASSWORD}"') == len(demo.ACCOUNTS)


def test_the_stock_admin_looks_like_this_site_and_leads_back(db: None) -> None:
    boss = person("boss", User.Role.ADMINISTRATOR, is_staff=True, is_superuser=True)
    page = as_(boss).get("/admin/").content.decode()
    assert '<a href="/">' in page
    assert "office-admin.css" in page
    assert "认证和授权" not in page
