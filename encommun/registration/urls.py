"""Addresses of this package, under /<event>/."""

from django.urls import path

from encommun.registration.views import book, booking, composing, passes, seat, team, vouchers, waiting, workshops

app_name = "registration"
urlpatterns = [
    path("inscriptions/", passes.passes, name="passes"),
    path("inscriptions/reserver/", book.book, name="book"),
    path("inscriptions/groupe/", book.group, name="group"),
    path("inscriptions/attente/", waiting.wait, name="wait"),
    path("inscriptions/attente/<slug:code>/", waiting.waiting, name="waiting"),
    path("inscriptions/attente/<slug:code>/lien/<slug:token>/", waiting.link, name="waiting_link"),
    path("inscriptions/attente/<slug:code>/quitter/", waiting.leave, name="waiting_leave"),
    path("inscriptions/tirages/", workshops.draws, name="draws"),
    path("inscriptions/tirages.json", workshops.draws_data, name="draws_data"),
    path("inscriptions/pass-suspendus/", vouchers.fund, name="fund"),
    path("inscriptions/pass/<slug:code>/", seat.seat, name="seat"),
    path("inscriptions/pass/<slug:code>/ateliers/", workshops.workshops, name="workshops"),
    path("inscriptions/pass/<slug:code>/jour/", seat.change, name="seat_day"),
    path("inscriptions/pass/<slug:code>/transmettre/", seat.hand_over, name="seat_hand_over"),
    path("inscriptions/pass/<slug:code>/questions/", seat.answers, name="seat_answers"),
    path("inscriptions/pass/<slug:code>/lien/<slug:token>/", seat.link, name="seat_link"),
    path("inscriptions/<slug:code>/", booking.booking, name="booking"),
    path("inscriptions/<slug:code>/lien/<slug:token>/", booking.link, name="booking_link"),
    path("inscriptions/<slug:code>/annuler/", booking.cancel, name="cancel"),
    path("organisation/inscriptions/", team.bookings, name="team_list"),
    path("organisation/inscriptions/export.<str:kind>", team.export, name="team_export"),
    path("organisation/inscriptions/ventes/", team.sales, name="team_sales"),
    path("organisation/inscriptions/plusieurs/", team.several, name="team_several"),
    path("organisation/inscriptions/jauges/<str:day>/", team.resize, name="team_resize"),
    path("organisation/inscriptions/pass/", composing.compose, name="team_compose"),
    path("organisation/inscriptions/pass/nouveau/", composing.new_pass, name="team_pass_new"),
    path("organisation/inscriptions/pass/essai/", composing.trial, name="team_trial"),
    path("organisation/inscriptions/pass/conditions/", composing.terms, name="team_terms"),
    path("organisation/inscriptions/pass/jauges/nouvelle/", composing.new_quota, name="team_quota_new"),
    path("organisation/inscriptions/pass/jauges/<int:number>/", composing.edit_quota, name="team_quota"),
    path("organisation/inscriptions/pass/questions/nouvelle/", composing.new_question, name="team_question_new"),
    path("organisation/inscriptions/pass/questions/<int:number>/", composing.edit_question, name="team_question"),
    path(
        "organisation/inscriptions/pass/questions/<int:number>/retirer/", composing.withdraw_question, name="team_question_withdraw"
    ),
    path("organisation/inscriptions/pass/modifier/<slug:slug>/", composing.edit_pass, name="team_pass"),
    path("organisation/inscriptions/ateliers/", workshops.team_workshops, name="team_workshops"),
    path("organisation/inscriptions/ateliers/<slug:code>/", workshops.team_workshop, name="team_workshop"),
    path("organisation/inscriptions/ateliers/<slug:code>/porte/", workshops.door, name="workshop_door"),
    path("organisation/inscriptions/contributions/", workshops.contributors, name="team_contributors"),
    path("organisation/inscriptions/contributions/pass/", workshops.missing_passes, name="team_missing_passes"),
    path("organisation/inscriptions/attente/", waiting.team_waiting, name="team_waiting"),
    path("organisation/inscriptions/codes/", vouchers.vouchers, name="team_vouchers"),
    path("organisation/inscriptions/codes/nouveau/", vouchers.new_voucher, name="team_voucher_new"),
    path("organisation/inscriptions/codes/fonds/", vouchers.team_fund, name="team_fund"),
    path("organisation/inscriptions/codes/<int:number>/", vouchers.voucher, name="team_voucher"),
    path("organisation/inscriptions/codes/<int:number>/retirer/", vouchers.withdraw, name="team_voucher_withdraw"),
    path("organisation/inscriptions/<slug:code>/", team.booking, name="team_booking"),
    path("organisation/inscriptions/<slug:code>/annuler/", team.cancel, name="team_cancel"),
    path("organisation/inscriptions/<slug:code>/lien/", team.resend, name="team_resend"),
]
