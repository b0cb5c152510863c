"""Every command on a ticket, declared once: who may, when, what it asks for, how it is shown."""
