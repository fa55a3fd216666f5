import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from encommun.foundation import clock
from encommun.foundation.actor import SYSTEM
from encommun.journal.models import Entry
from encommun.registration.commands import SeatWish, confirm_booking
from encommun.registration.models import Booking
from encommun.registration.queries import sales_of
from encommun.ui.spreadsheets import cell as inert
from tests.registration.desk import book, open_sale, two_days

TEAM = "/nec-2018/organisation/inscriptions/"
NASTY = '=HYPERLINK("https://x.example";"a")'


@pytest.fixture
def desk(cast, client):
    open_sale(cast.event, places=50, at=clock.now())
    cast.sign_in(client, "farid")
    return client


@pytest.mark.parametrize(
    "cell, safe", [("=1", "'=1"), ("+1", "'+1"), ("-1", "'-1"), ("@a", "'@a"), ("\t=1", "'\t=1"), ("Anne", "Anne"), ("", "")]
)
def test_no_cell_is_a_formula(cell, safe):
    assert inert(cell) == safe


def test_the_three_files_say_the_same_cells(desk, cast):
    wishes = [SeatWish(pass_type="deux-jours", holder_name=NASTY), *two_days(1, holder_name='Zoé «é» ; "x"')]
    book(cast.event, wishes, at=clock.now(), structure="@SUM(A1)")
    by_csv = desk.get(f"{TEAM}export.csv").getvalue().decode("utf-8-sig").strip().split("\r\n")
    sheet = load_workbook(io.BytesIO(desk.get(f"{TEAM}export.xlsx").content)).active
    by_xlsx = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    from odf.opendocument import load
    from odf.table import TableCell, TableRow
    from odf.teletype import extractText

    document = load(io.BytesIO(desk.get(f"{TEAM}export.ods").content))
    by_ods = [[extractText(cell) for cell in row.getElementsByType(TableCell)] for row in document.getElementsByType(TableRow)]
    assert by_ods == by_xlsx
    assert (len(by_csv), len(by_xlsx)) == (3, 3)
    assert (by_xlsx[1][13], by_xlsx[1][5]) == (f"'{NASTY}", "'@SUM(A1)")
    assert desk.get(f"{TEAM}export.exe").status_code == 404


def test_the_picture_of_sales_has_its_figures_beside_it(desk, cast):
    assert "Rien n’est encore réservé" in desk.get(f"{TEAM}ventes/").text
    now = clock.now()
    for weeks, count in ((0, 2), (3, 1)):
        book(cast.event, two_days(count), at=now - timedelta(weeks=weeks))
    weeks = sales_of(cast.actor("farid"), cast.event)
    assert ([week.passes for week in weeks], [week.so_far for week in weeks]) == ([1, 0, 0, 2], [1, 1, 1, 3])
    assert (weeks[-1].cents, max(week.bar for week in weeks), min(week.point for week in weeks)) == (12000, 180.0, 20.0)
    with CaptureQueriesContext(connection) as one:
        page = desk.get(f"{TEAM}ventes/").text
    assert ("<svg" in page, "120\u00a0€" in page) == (True, True)
    book(cast.event, two_days(3), at=now)
    with CaptureQueriesContext(connection) as more:
        desk.get(f"{TEAM}ventes/")
    assert len(more) == len(one)


def test_several_bookings_at_once(desk, cast):
    made = [book(cast.event, at=clock.now()) for _n in range(3)]
    assert "Cochez au moins une" in desk.post(f"{TEAM}plusieurs/", {"step": "link"}, follow=True).text
    desk.post(f"{TEAM}plusieurs/", {"step": "link", "code": [made[0].code, made[1].code]})
    assert Entry.objects.filter(kind="registration.link_asked").count() == 2
    asked = {"step": "cancel", "code": [one.code for one in made[:2]] + ["NOSUCH", "\0"]}
    sure = desk.post(f"{TEAM}plusieurs/?state=held", asked)
    assert (sure.status_code, "Annuler 2 réservations ?" in sure.text, "Cela ne se défait pas" in sure.text) == (200, True, True)
    refused = desk.post(f"{TEAM}plusieurs/", asked | {"sure": "yes", "reason": " "})
    assert (refused.status_code, "Écrivez pourquoi" in refused.text) == (422, True)
    assert not Booking.objects.filter(state="cancelled").exists()
    done = desk.post(f"{TEAM}plusieurs/?state=held", asked | {"sure": "yes", "reason": "Salle fermée"})
    assert done.headers["Location"] == f"{TEAM}?state=held"
    assert sorted(Booking.objects.values_list("state", flat=True)) == ["cancelled", "cancelled", "held"]


def test_what_is_asked_for_all_stays_within_the_search(desk, cast):
    kept, gone = book(cast.event, at=clock.now()), book(cast.event, buyer_name="Zoé Lefèvre", at=clock.now())
    page = f"{TEAM}plusieurs/?q=lef"
    assert "Annuler 1 réservation ?" in desk.post(page, {"step": "cancel", "all": "yes"}).text
    desk.post(page, {"step": "cancel", "all": "yes", "sure": "yes", "reason": "Double"})
    assert dict(Booking.objects.values_list("code", "state")) == {kept.code: "held", gone.code: "cancelled"}


def test_a_booking_tells_its_history_in_words_and_a_pass_is_blocked_there(desk, cast):
    made = confirm_booking(book(cast.event, at=clock.now()), actor=SYSTEM, at=clock.now())
    seat = made.seats.get()
    block = f"{TEAM}pass/{seat.code}/bloquer/"
    assert "la table d’aide en aura besoin" in desk.post(block, {"step": "block"}, follow=True).text
    page = desk.post(block, {"step": "block", "reason": "Téléphone volé"}, follow=True).text
    assert "Téléphone volé" in page
    for words in ("Réservée", "Confirmée", "Un pass a été bloqué", "sans compte, par le lien", "de lui-même", "Farid Haddad"):
        assert words in page
    assert "registration." not in page.split("Historique")[1]
    assert "Le pass entre de nouveau" in desk.post(block, {"step": "unblock"}, follow=True).text
    assert client_sees(desk, f"{TEAM}?kind=deux-jours") == [made.code]
    assert client_sees(desk, f"{TEAM}?kind=un-jour") == []


def client_sees(desk, page):
    return [one.code for one in desk.get(page).context["bookings"]]
