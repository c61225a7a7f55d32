"""The addresses of signing in and of the sign-in's own pages: exactly those of django-allauth that Ithaca shows, under
the names by which its code knows them. There is no sign-up."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions import views as sessions
from django.urls import path, re_path

from ithaca.people import views

urlpatterns = [
    path("sign-in/", views.request_code, name="account_request_login_code"),
    path("sign-in/code/", account.confirm_login_code, name="account_confirm_login_code"),
    path("sign-in/password/", account.login, name="account_login"),
    path("sign-in/passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/second-step/", mfa.authenticate, name="mfa_authenticate"),
    path("sign-in/closed/", account.account_inactive, name="account_inactive"),
    path("sign-in/forgotten/", account.password_reset, name="account_reset_password"),
    path("sign-in/forgotten/sent/", account.password_reset_done, name="account_reset_password_done"),
    path("sign-in/forgotten/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^sign-in/forgotten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("sign-out/", account.logout, name="account_logout"),
    path("account/", mfa.index, name="mfa_index"),
    path("account/confirm/password/", account.reauthenticate, name="account_reauthenticate"),
    path("account/confirm/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/confirm/passkey/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("account/address/", account.email, name="account_email"),
    path("account/address/code/", account.email_verification_sent, name="account_email_verification_sent"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/password/first/", account.password_set, name="account_set_password"),
    path("account/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/recovery-codes/file/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("account/passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("account/passkeys/add/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("account/passkeys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("account/sessions/", sessions.list_usersessions, name="usersessions_list"),
]
