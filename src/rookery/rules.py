"""What commands obey, made from the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rookery import __version__, trusted
from rookery.command.account_rules import AccountRules
from rookery.command.node import Rules
from rookery.core import throttle
from rookery.named_file import read_text

if TYPE_CHECKING:
    from rookery.settings import Config

MINUTE_MS: Final = 60_000
HOUR_MS: Final = 60 * MINUTE_MS


def rules_of(config: Config, created_at_ms: int) -> Rules:
    """Return what commands obey; reads the files that are named, so not on the loop."""
    server, names, limits = config.server, config.names, config.limits
    motd = read_text("server.motd_file", server.motd_file) if server.motd_file else ""
    password = (
        read_text("server.password_file", server.password_file) if server.password_file else ""
    )
    return Rules(
        network=server.network,
        version=f"rookery-{__version__}",
        created_at_ms=created_at_ms,
        motd=tuple(motd.splitlines()),
        server_password=password.partition("\n")[0].strip(),
        unclaimed=names.unclaimed,
        unclaimed_per_sender=names.unclaimed_per_sender,
        is_registered_only=names.policy == "registered",
        is_registration_open=names.registration == "open",
        nick_max_chars=names.max_chars,
        room_max_chars=config.rooms.max_name_chars,
        topic_max_bytes=config.rooms.max_topic_bytes,
        key_max_chars=config.rooms.max_key_chars,
        rooms_per_user=limits.rooms_per_user,
        list_entries=limits.list_entries,
        targets_per_command=limits.targets_per_command,
        history_page=limits.history_page,
        mailbox_page=limits.mailbox_page,
        mailbox_messages=limits.mailbox_messages,
        members_per_room=limits.members_per_room,
        line_bytes=limits.line_bytes,
        multiline_max_bytes=config.multiline.max_bytes,
        multiline_max_lines=config.multiline.max_lines,
        multiline_timeout_ms=config.multiline.timeout_s * 1000,
        keeps_events=config.history.events,
        history_max_age_days=config.history.max_age_days,
        history_max_messages=config.history.max_messages_per_room,
        redaction_window_s=config.history.redaction_window_s,
        metadata_max_keys=config.metadata.max_keys,
        metadata_max_subscriptions=config.metadata.max_subscriptions,
        metadata_max_value_bytes=config.metadata.max_value_bytes,
        relay_separators=config.relaying.separators if config.relaying.enabled else "",
        monitor_max=limits.monitor_targets,
        accept_max=limits.accept_entries,
        who_max=limits.who_replies,
        has_account_hosts=names.account_hosts,
        accounts=_account_rules(config),
        description=server.description,
        icon=server.icon,
        admin_location=server.admin_location,
        admin_organisation=server.admin_organisation,
        admin_email=server.admin_email,
        operators=trusted.operators(config),
        has_push=config.push.enabled and not server.is_ephemeral,
        sts_port=(config.tls.sts_port or server.port) if config.tls.sts else 0,
        sts_duration_s=config.tls.sts_duration_s,
        sts_may_preload=config.tls.sts_preload,
        is_unicode=names.casemapping == "precis",
    )


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
