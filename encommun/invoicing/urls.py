"""Addresses of this package, under /<event>/."""

from django.urls import path

from encommun.invoicing.views import buyer, quote, team, team_issuer

app_name = "invoicing"
urlpatterns = [
    path("devis/", quote.ask, name="quote_new"),
    path("devis/<slug:code>/", quote.quote, name="quote"),
    path("devis/<slug:code>/lien/<slug:token>/", quote.link, name="quote_link"),
    path("devis/<slug:code>/pdf/", quote.pdf, name="quote_pdf"),
    path("devis/<slug:code>/commander/", quote.order, name="quote_order"),
    path("inscriptions/<slug:code>/commande/", buyer.order, name="order"),
    path("inscriptions/<slug:code>/commande/piece/<int:number>/", buyer.file, name="order_file"),
    path("inscriptions/<slug:code>/factures/", buyer.invoices, name="invoices"),
    path("factures/<slug:number>/", buyer.pdf, name="invoice_pdf"),
    path("organisation/factures/", team.invoices, name="team_list"),
    path("organisation/factures/commandes/", team.orders, name="team_orders"),
    path("organisation/factures/devis/", team.quotes, name="team_quotes"),
    path("organisation/factures/emetteur/", team_issuer.issuer, name="team_issuer"),
    path("organisation/factures/emetteur/partager/", team_issuer.share, name="team_share"),
    path("organisation/factures/export.<slug:kind>", team.export, name="team_export"),
    path("organisation/factures/emettre/<slug:code>/", team.issue, name="team_issue"),
    path("organisation/factures/<slug:number>/", team.invoice, name="team_invoice"),
    path("organisation/factures/<slug:number>/suivi/", team.step, name="team_step"),
    path("organisation/factures/<slug:number>/avoir/", team.credit, name="team_credit"),
    path("organisation/factures/<slug:number>/refaire/", team.replace, name="team_replace"),
    path("organisation/factures/<slug:number>/depot/", team.deposit, name="team_deposit"),
    path("organisation/factures/<slug:number>/depot/pdf/", team.deposit_pdf, name="team_deposit_pdf"),
]
