"""Addresses of this package, under /<event>/."""

from django.urls import path

from encommun.payment.views import cheques, desk, pay, refunds, statements, team, treasury, ways

app_name = "payment"
urlpatterns = [
    path("frais-de-paiement/", treasury.fees, name="fees"),
    path("inscriptions/<slug:code>/payer/", pay.pay, name="pay"),
    path("inscriptions/<slug:code>/retour/", pay.returned, name="returned"),
    path("inscriptions/<slug:code>/autrement/", pay.change_way, name="change_way"),
    path("inscriptions/<slug:code>/remboursement/", pay.where_back, name="where_back"),
    path("organisation/inscriptions/<slug:code>/virement/", team.receive, name="receive"),
    path("organisation/inscriptions/<slug:code>/rembourse/", team.refunded, name="refunded"),
    path("organisation/inscriptions/<slug:code>/cheque/", cheques.receive, name="receive_cheque"),
    path("organisation/inscriptions/<slug:code>/encaisser/", desk.take, name="take"),
    path("organisation/inscriptions/<slug:code>/offrir/", desk.waive, name="waive"),
    path("organisation/compte/", team.account, name="account"),
    path("organisation/caisse/", treasury.treasury, name="treasury"),
    path("organisation/caisse/a-regarder/", treasury.strays, name="strays"),
    path("organisation/caisse/a-regarder/<int:pk>/", treasury.stray, name="stray"),
    path("organisation/caisse/releves/", statements.statements, name="statements"),
    path("organisation/caisse/releves/<int:pk>/", statements.statement, name="statement"),
    path("organisation/caisse/credits/<int:pk>/", statements.line, name="line"),
    path("organisation/caisse/credits/<int:pk>/rapprocher/", statements.match, name="match"),
    path("organisation/caisse/credits/<int:pk>/laisser/", statements.aside, name="aside"),
    path("organisation/caisse/cheques/", cheques.cheques, name="cheques"),
    path("organisation/caisse/cheques/remise/", cheques.deposit, name="deposit"),
    path("organisation/caisse/cheques/remises/<int:number>/", cheques.slip, name="slip"),
    path("organisation/caisse/cheques/<int:pk>/impaye/", cheques.bounce, name="bounce"),
    path("organisation/caisse/accueil/", desk.desk, name="desk"),
    path("organisation/caisse/recus/<int:number>/", desk.receipt, name="receipt"),
    path("organisation/caisse/remboursements/", refunds.refunds, name="refunds"),
    path("organisation/caisse/remboursements/virements.xml", refunds.bank_order, name="bank_order"),
    path("organisation/caisse/paiements/<slug:reference>/rendre/", refunds.refund, name="refund"),
    path("organisation/caisse/rapports/", treasury.reports, name="reports"),
    path("organisation/caisse/mouvements.csv", treasury.ledger_file, name="ledger_file"),
    path("organisation/caisse/ecritures.txt", treasury.fec_file, name="fec_file"),
    path("organisation/caisse/moyens/", ways.ways, name="ways"),
]
