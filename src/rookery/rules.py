"""What commands obey, made from the settings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rookery import __version__, trusted
from rookery.command.account_rules import AccountRules
from rookery.command.node import Rules
from rookery.core import throttle
from rookery.named_file import read_text

if TYPE_CHECKING:
    from pathlib import Path

    from rookery.settings import Config

MINUTE_MS: Final = 60_000
HOUR_MS: Final = 60 * MINUTE_MS


def rules_of(config: Config, created_at_ms: int) -> Rules:
    """Return what commands obey; reads the files that are named, so not on the loop."""
    server, names, limits = config.server, config.names, config.limits
    rules = Rules(
        network=server.network,
        version=f"rookery-{__version__}",
        created_at_ms=created_at_ms,
        motd=tuple(_text("server.motd_file", server.motd_file).splitlines()),
        server_password=_first_line("server.password_file", server.password_file),
        unclaimed=names.unclaimed,
        unclaimed_per_sender=names.unclaimed_per_sender,
        is_registered_only=names.policy == "registered",
        is_registration_open=names.registration == "open",
        nick_max_chars=names.max_chars,
        room_max_chars=config.rooms.max_name_chars,
        topic_max_bytes=config.rooms.max_topic_bytes,
        key_max_chars=config.rooms.max_key_chars,
        rooms_per_user=limits.rooms_per_user,
        targets_per_command=limits.targets_per_command,
        history_page=limits.history_page,
        mailbox_page=limits.mailbox_page,
        has_account_hosts=names.account_hosts,
        is_unicode=names.casemapping == "precis",
        accounts=_account_rules(config),
        operators=trusted.operators(config),
    )
    for more in (_with_bounds, _with_talk, _with_introduction):
        rules = more(rules, config)
    return rules


def _with_bounds(rules: Rules, config: Config) -> Rules:
    """Add how much of each thing there may be."""
    limits = config.limits
    return replace(
        rules,
        list_entries=limits.list_entries,
        mailbox_messages=limits.mailbox_messages,
        members_per_room=limits.members_per_room,
        line_bytes=limits.line_bytes,
        monitor_max=limits.monitor_targets,
        accept_max=limits.accept_entries,
        who_max=limits.who_replies,
    )


def _with_talk(rules: Rules, config: Config) -> Rules:
    """Add what may be said, on whose behalf, and how much of it is kept."""
    history, metadata, multiline = config.history, config.metadata, config.multiline
    return replace(
        rules,
        multiline_max_bytes=multiline.max_bytes,
        multiline_max_lines=multiline.max_lines,
        multiline_timeout_ms=multiline.timeout_s * 1000,
        keeps_events=history.events,
        history_max_age_days=history.max_age_days,
        history_max_messages=history.max_messages_per_room,
        redaction_window_s=history.redaction_window_s,
        metadata_max_keys=metadata.max_keys,
        metadata_max_subscriptions=metadata.max_subscriptions,
        metadata_max_value_bytes=metadata.max_value_bytes,
        relay_separators=config.relaying.separators if config.relaying.enabled else "",
    )


def _with_introduction(rules: Rules, config: Config) -> Rules:
    """Add what the server tells of itself, and the ways to it."""
    server, tls = config.server, config.tls
    return replace(
        rules,
        description=server.description,
        icon=server.icon,
        admin_location=server.admin_location,
        admin_organisation=server.admin_organisation,
        admin_email=server.admin_email,
        has_push=config.push.enabled and not server.is_ephemeral,
        sts_port=(tls.sts_port or server.port) if tls.sts else 0,
        sts_duration_s=tls.sts_duration_s,
        sts_may_preload=tls.sts_preload,
    )


def _text(setting: str, path: Path | None) -> str:
    return read_text(setting, path) if path else ""


def _first_line(setting: str, path: Path | None) -> str:
    return _text(setting, path).partition("\n")[0].strip()


def _account_rules(config: Config) -> AccountRules:
    accounts, limits = config.accounts, config.limits
    first_ms, max_ms = int(accounts.backoff_first_s * 1000), int(accounts.backoff_max_s * 1000)

    def pace(free_tries: int) -> throttle.Pace:
        return throttle.Pace(free_tries if limits.enabled else 0, first_ms, max_ms, 2 * max_ms)

    registrations = accounts.registrations_per_address if limits.enabled else 0
    domains = accounts.email_domains.lower().split(",")
    return AccountRules(
        may_register_early=accounts.before_connect,
        may_choose_name=accounts.custom_names,
        needs_email=accounts.email_required,
        email_domains=frozenset(domain for domain in domains if domain),
        code_lifetime_ms=accounts.code_lifetime_s * 1000,
        password_min_chars=accounts.password_min_chars,
        certificates_max=accounts.certificates,
        has_client_certificates=config.tls.enabled and config.tls.client_ca is not None,
        is_reservation_strict=config.names.reservation == "strict",
        always_on=accounts.always_on,
        multiclient=accounts.multiclient,
        tries_per_session=accounts.tries_per_session,
        is_loopback_exempt=limits.exempt_loopback,
        exempt=trusted.exempt(config),
        address_pace=pace(accounts.tries_per_address),
        account_pace=pace(accounts.tries_per_account),
        registration_pace=throttle.Pace(registrations, MINUTE_MS, HOUR_MS, HOUR_MS),
    )
