"""People sign in by e-mail (django-allauth). No social accounts."""

from config.settings.paths import TN_DEMO

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "accounts.backends.ShutOut",
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "accounts.adapter.Adapter"
ACCOUNT_FORMS = {
    "login": "accounts.web.sign_in_forms.LoginForm",
    "signup": "accounts.web.sign_in_forms.SignupForm",
    "add_email": "accounts.web.sign_in_forms.AddEmailForm",
    "change_password": "accounts.web.sign_in_forms.ChangePasswordForm",
    "set_password": "accounts.web.sign_in_forms.SetPasswordForm",
    "reset_password": "accounts.web.sign_in_forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.web.sign_in_forms.ResetPasswordKeyForm",
    "reauthenticate": "accounts.web.sign_in_forms.ReauthenticateForm",
}
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_VERIFICATION = "none" if TN_DEMO else "mandatory"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 3

# The demo's accounts share one short password on purpose.
_ours = "accounts.passwords.validators"  # Django's, on the normalised password, and rules of our own
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_ours}.SimilarityValidator"},
    {"NAME": f"{_ours}.LengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_ours}.CommonValidator"},
    {"NAME": f"{_ours}.NumericValidator"},
    {"NAME": f"{_ours}.GuessableValidator"},
    {"NAME": "accounts.security_events.ReportPasswordChange"},
]

__all__ = [name for name in dir() if name.isupper()]
