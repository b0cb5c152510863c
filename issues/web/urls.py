"""Addresses of tickets, relative to the language."""

from django.urls import path

from issues.web import (
    answer,
    answers,
    attachments,
    board,
    choices,
    demo_mail,
    filing,
    inbox,
    mine,
    notifications,
    rating,
    rule_offers,
    ticket,
    ticket_commands,
    transparency,
    undo,
    wall,
)

app_name = "issues"
urlpatterns = [
    path("tickets/", mine.tickets, name="tickets"),
    path("tickets/new/", filing.new, name="ticket_new"),
    path("tickets/new/preview/", filing.preview, name="ticket_preview"),
    path("tickets/new/draft/", filing.keep, name="ticket_draft"),
    path("tickets/new/discard/", filing.discard, name="ticket_discard"),
    path("tickets/<str:code>/", ticket.ticket, name="ticket"),
    path("tickets/<str:code>/<slug:name>/", ticket_commands.command, name="command"),
    path("tickets/<str:code>/<slug:name>/save/", ticket_commands.save, name="save_input"),
    path("attachments/<uuid:public_id>/", attachments.attachment, name="attachment"),
    path("answers/", answers.answer_list, name="answers"),
    path("answers/<str:code>/", answer.answer, name="answer"),
    path("answers/<str:code>/join/", answer.join, name="join"),
    path("board/", board.board, name="board"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("undo/", undo.undo, name="undo"),
    path("rule-offers/<int:pk>/dismiss/", rule_offers.dismiss, name="offer_dismiss"),
    path("wall/", wall.wall, name="wall"),
    path("transparency/", transparency.transparency, name="transparency"),
    path("transparency/indices.csv", transparency.transparency_csv, name="transparency_csv"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/read/", notifications.mark_read, name="notifications_read"),
    path("rating/<str:token>/", rating.rating, name="rating"),
    path("account/notifications/", choices.choices, name="choices"),
    path("demo/mail/", demo_mail.demo_mail, name="demo_mail"),
    path("demo/mail/<str:name>/", demo_mail.demo_mail_html, name="demo_mail_html"),
]
