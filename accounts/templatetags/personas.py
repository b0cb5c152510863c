from django import template

from accounts import personas

register = template.Library()


@register.simple_tag
def demo_sign_ins() -> list[personas.Persona]:
    """The sign-ins of the demonstration (demo mode only)."""
    return personas.personas()


@register.simple_tag
def demo_password() -> str:
    return personas.PASSWORD
