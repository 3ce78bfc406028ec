"""The settings of accounts: how they are made, proven, guarded and used."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from rookery.setting import about


class Accounts(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How accounts are made, proven, guarded and used."""

    before_connect: Annotated[
        bool,
        about(
            "Let REGISTER and VERIFY be used before the sign-in is complete.",
            "A client can then make the account and use it in one go.",
        ),
    ] = True
    custom_names: Annotated[
        bool,
        about(
            "Let an account have another name than the nick of who registers it.",
            "A person is found under one name; the nick is that of the account.",
        ),
    ] = False
    email_required: Annotated[
        bool,
        about(
            "Make accounts only with an e-mail address, proven by a code that is sent there.",
            "No address is asked for that nobody needs; accounts.verify_command must be set too.",
        ),
    ] = False
    email_domains: Annotated[
        str,
        about(
            "Domains whose addresses may register, separated by commas; empty for all.",
            "A company may want its own people only.",
            form=(r"^[A-Za-z0-9.,-]*$", "domains separated by commas"),
        ),
    ] = ""
    verify_command: Annotated[
        str,
        about(
            "Program with arguments that sends a mail: it gets the mail, with To and Subject, on "
            "its standard input, like sendmail -t -i. No shell reads it.",
            "The server speaks no SMTP; the system's mailer knows where mail goes.",
            at_start_only=True,
            form=(r"^[^\n]*$", "a program with its arguments"),
        ),
    ] = ""
    verify_timeout_s: Annotated[
        float,
        about(
            "How long accounts.verify_command may take until it is ended.",
            "A mailer only has to queue the mail.",
            unit="s",
            at_start_only=True,
            bounds=(0.1, 600),
        ),
    ] = 20.0
    code_lifetime_s: Annotated[
        int,
        about(
            "How long a code counts; then the name is free again.",
            "Mail may be greylisted for some minutes, and people read it later.",
            unit="s",
            bounds=(60, 2_592_000),
        ),
    ] = 3_600
    password_min_chars: Annotated[
        int,
        about(
            "Fewest characters of a new password.",
            "Guessing is slowed down by limits; a length that people cannot keep makes notes.",
            unit="characters",
            bounds=(1, 64),
        ),
    ] = 6
    hash_time_cost: Annotated[
        int,
        about(
            "Passes of argon2id over its memory for new passwords.",
            "RFC 9106's second recommendation: some 40 ms of one processor.",
            unit="passes",
            at_start_only=True,
            bounds=(1, 100),
        ),
    ] = 3
    hash_memory_kib: Annotated[
        int,
        about(
            "Memory that argon2id needs for one new password.",
            "RFC 9106's second recommendation: whoever steals the data can try few at a time.",
            unit="KiB",
            at_start_only=True,
            bounds=(64, 4_194_304),
        ),
    ] = 65_536
    certificates: Annotated[
        int,
        about(
            "TLS certificates that may sign in to one account (SASL EXTERNAL).",
            "One for each of a person's devices.",
            unit="certificates",
            bounds=(0, 1_000),
        ),
    ] = 8
    multiclient: Annotated[
        Literal["off", "opt-in", "opt-out", "always"],
        about(
            "Whether several connections of one account share its name; opt-in and opt-out leave "
            "it to the owner (NS SET MULTICLIENT).",
            "A telephone and a computer belong to one person.",
        ),
    ] = "opt-out"
    always_on: Annotated[
        Literal["off", "opt-in", "opt-out", "always"],
        about(
            "Whether people stay in their rooms without a connection; opt-in and opt-out leave it "
            "to the owner (NS SET ALWAYS-ON).",
            "Others should know who reads along; whoever wants to stay says so.",
        ),
    ] = "opt-in"
    tries_per_session: Annotated[
        int,
        about(
            "Failed tries to sign in after which a connection is closed.",
            "Enough for every slip of the finger and every password one might have meant.",
            unit="tries",
            bounds=(1, 1_000),
        ),
    ] = 10
    tries_per_address: Annotated[
        int,
        about(
            "Tries to sign in that an address has before each further one must wait, longer and "
            "longer; 0 for any number.",
            "An office behind one address signs in together; a wrong try counts, a right one not.",
            unit="tries",
            bounds=(0, 1_000_000),
        ),
    ] = 30
    tries_per_account: Annotated[
        int,
        about(
            "The same for an account, whoever tries; addresses where it has signed in are free.",
            "Guessing from many addresses at once is slowed down too.",
            unit="tries",
            bounds=(0, 1_000_000),
        ),
    ] = 10
    backoff_first_s: Annotated[
        float,
        about(
            "First wait between tries; each further failure doubles it.",
            "A person hardly notices it, a program tries a few times an hour in the end.",
            unit="s",
            bounds=(0.1, 3_600),
        ),
    ] = 2.0
    backoff_max_s: Annotated[
        float,
        about(
            "Longest wait between tries; all is forgotten after twice as long without one.",
            "Whoever has found the password again need not wait for a day.",
            unit="s",
            bounds=(0.1, 86_400),
        ),
    ] = 600.0
    registrations_per_address: Annotated[
        int,
        about(
            "Accounts that may be made from one address before the next ones must wait; an hour "
            "without one starts anew; 0 for any number.",
            "A whole office on its first day; who hoards names, or sends mail to others, waits.",
            unit="accounts",
            bounds=(0, 1_000_000),
        ),
    ] = 100
