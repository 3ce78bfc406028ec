/**
 * Signing in: from a fresh connection to RPL_WELCOME, one `SignIn` for each; see `client/registration.py`.
 *
 * With a secret: SASL PLAIN, then NICK. Without: NICK, and REGISTER where the server offers it, so
 * that the name belongs to this person from its first use on. A new secret is kept before the server
 * hears it. Source: modern IRC "Connection Registration"; IRCv3 sasl 3.2, draft/account-registration.
 * @import { Desk, Identity, Line, Problem } from './types.js'
 */

/** What this client makes something of. */
const WANTED = ["server-time", "message-tags", "account-tag", "echo-message", "batch", "labeled-response",
  "extended-join", "multi-prefix", "standard-replies", "sasl", "cap-notify", "draft/account-registration",
  "draft/chathistory", "draft/event-playback", "rookery.chat/resend", "account-notify", "away-notify",
  "extended-monitor", "invite-notify", "draft/message-redaction", "draft/multiline", "draft/read-marker",
  "draft/channel-rename", "draft/extended-isupport", "soju.im/search", "soju.im/webpush"];
const REGISTRATION = "draft/account-registration";
const TAKEN = new Set(["433", "436", "437"]);
const BAD = new Set(["431", "432"]);
const SHUT_OUT = new Set(["463", "464", "465"]);
const SASL_FAILED = new Set(["902", "904", "905", "906"]);
const CHUNK = 400;
const MADE = "made-";

/** Whether a client has made this secret, so that its person does not know it. @param {string} secret */
export const isMade = (secret) => secret.startsWith(MADE) && secret.length > 34;
/** @param {string} random at least 24 bytes, as text */
export const madeSecret = (random) => MADE + random;

/** base64 of UTF-8. @param {string} text */
export const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

export class SignIn {
  /** @type {'negotiating' | 'nameless' | 'proving' | 'registering' | 'ending' | 'in'} */ phase = "negotiating";
  /** @type {Set<string>} */ caps = new Set();
  /** With their values. @type {Map<string, string>} */ offered = new Map();
  account = "";
  secret = "";
  #untried = /** @type {string[]} */ ([]);
  #isNew = false;
  /** For whom the secret was made. @type {Identity | null} */ #maker = null;
  #isUserSent = false;
  #isLate = false;
  #isAsking = false;
  /** REGISTERs whose answer is of a name given up since. */ #stale = 0;

  /** @param {Desk} desk @param {Identity | null} identity */
  constructor(desk, identity) {
    this.desk = desk;
    this.identity = identity;
    desk.send("CAP", "LS", "302");
  }

  get isIn() { return this.phase === "in"; }
  /** The server is at a password, which may take it long. */
  get isJudged() { return this.phase === "proving" || this.phase === "registering"; }
  /** What may have become the password of the name: whether it did was not heard. */
  get unheardSecret() { return this.#isNew && this.#maker === this.identity ? this.secret : ""; }

  /** Go on with this name: the first, or another after a problem. @param {Identity} identity */
  give(identity) {
    this.identity = identity;
    if (this.phase === "nameless") this.#proveOrClaim();
  }

  /** @param {Line} line those that are not about signing in change nothing */
  receive({ command, params }) {
    if (command === "CAP") this.#cap(params);
    else if (command === "AUTHENTICATE") this.#authenticate(params);
    else if (command === "REGISTER") this.#registered(params);
    else if (command === "FAIL" && params[0] === "REGISTER") this.#notRegistered(params[1] ?? "", params.at(-1) ?? "");
    else if (command === "FAIL" && params[0] === "AUTHENTICATE" && params[1] === "TEMPORARILY_UNAVAILABLE") this.#putOff();
    else if (command === "900" && params[2]) this.account = params[2];
    else if (command === "001") this.#welcome(params[0]);
    else if (!this.isIn) this.#numeric(command, params.at(-1) ?? "");
  }

  /** @param {string[]} params */
  #cap(params) {
    const verb = (params[1] ?? "").toUpperCase(), words = (params.at(-1) ?? "").split(" ").filter(Boolean);
    if (verb === "LS" || verb === "NEW") {
      for (const word of words) this.offered.set(word.split("=")[0], word.split("=").slice(1).join("="));
      if (params[2] === "*" || this.#isAsking) return;
      const asked = WANTED.filter((name) => this.offered.has(name));
      this.#isAsking = true;
      if (asked.length) this.desk.send("CAP", "REQ", asked.join(" "));
      else this.#settled();
    } else if (verb === "ACK" || verb === "NAK") {
      if (verb === "ACK") for (const word of words) this.caps.add(word);
      if (this.phase === "negotiating") this.#settled();
    } else if (verb === "DEL") for (const word of words) this.caps.delete(word);
  }

  #settled() {
    this.phase = "nameless";
    if (this.identity) this.#proveOrClaim();
  }

  #proveOrClaim() {
    const { given, saved } = this.#who;
    this.#untried = given ? [given, ...saved] : [...saved];
    this.#isNew = false;
    const mechanisms = this.offered.get("sasl");
    if (this.caps.has("sasl") && (!mechanisms || mechanisms.split(",").includes("PLAIN"))) this.#tryNext();
    else this.#claim();
  }

  get #who() { return /** @type {Identity} */ (this.identity); }

  #tryNext() {
    const next = this.#untried.shift();
    if (next === undefined) return this.#claim();
    this.secret = next;
    this.phase = "proving";
    this.desk.send("AUTHENTICATE", "PLAIN");
  }

  /** @param {string[]} params */
  #authenticate(params) {
    if (this.phase !== "proving" || params[0] !== "+") return;
    const payload = base64(`\0${this.#who.name}\0${this.secret}`);
    for (let at = 0; at <= payload.length; at += CHUNK) this.desk.send("AUTHENTICATE", payload.slice(at, at + CHUNK) || "+");
  }

  /** Take the name without having proved it: free, or ours by registering it now. */
  #claim() {
    this.#takeName();
    const terms = this.offered.get(REGISTRATION)?.split(",") ?? [];
    const canRegister = this.caps.has(REGISTRATION);
    this.#isLate = canRegister && !terms.includes("before-connect");
    this.secret = "";
    if (canRegister && !this.#isLate && this.#register()) this.phase = "registering";
    else this.#end();
  }

  #register() {
    const { name, given, saved, fresh } = this.#who, known = given || saved[0] || "";
    this.secret = known || fresh;
    if (!this.secret) return false;
    this.#isNew = !known;
    this.#maker = this.identity;
    const { secret, identity } = this, ask = () => this.desk.send("REGISTER", "*", "*", secret);
    if (known) ask();
    else this.desk.keep(name, secret).then(() => this.identity === identity && ask(), () => this.#notRegistered("", ""));
    return true;
  }

  #takeName() {
    const { name } = this.#who;
    this.desk.send("NICK", name);
    if (this.#isUserSent) return;
    this.#isUserSent = true;
    this.desk.send("USER", name.replace(/[^A-Za-z0-9]/g, "").slice(0, 10) || "rookery", "0", "*", name);
  }

  #end() {
    if (this.phase !== "in") this.phase = "ending";
    this.desk.send("CAP", "END");
  }

  /** @param {string[]} params */
  #registered([verdict, account]) {
    if (verdict !== "SUCCESS") return this.#notRegistered(verdict, "");
    this.#isNew = false;
    this.account = account ?? this.#who.name;
    this.desk.proved(this.#who.name, this.secret);
    if (this.phase === "registering") this.#end();
  }

  /** @param {string} code @param {string} reason */
  #notRegistered(code, reason) {
    if (this.#stale) this.#stale--;
    else if (code === "ACCOUNT_EXISTS" && this.phase === "registering") this.#taken();
    else if (code === "COMPLETE_CONNECTION_REQUIRED" && this.phase === "registering") {
      this.#isLate = true;
      this.#end();
    } else if (this.#who.given && /PASSWORD/.test(code)) this.#refuse("refused", reason);
    else {
      this.#forgetNew();
      this.secret = "";
      if (this.phase === "registering") this.#end();
    }
  }

  /** @param {string} nick */
  #welcome(nick) {
    this.phase = "in";
    this.desk.welcome(nick);
    if (this.#isLate && !this.account) this.#register();
  }

  /** @param {string} code @param {string} reason */
  #numeric(code, reason) {
    if (TAKEN.has(code) || BAD.has(code)) {
      if (this.phase === "registering") this.#stale++;
      if (TAKEN.has(code)) this.#taken();
      else this.#refuse("refused", reason);
    } else if ((code === "903" || code === "907") && this.phase === "proving") {
      this.account ||= this.#who.name;
      this.desk.proved(this.#who.name, this.secret);
      this.#takeName();
      this.#end();
    } else if (SASL_FAILED.has(code) && this.phase === "proving") this.#tryNext();
    else if (SHUT_OUT.has(code)) this.#refuse("shut-out", reason);
  }

  /** The password was not looked at: the next connection tries again. */
  #putOff() {
    if (this.phase !== "proving") return;
    this.phase = "ending"; // The 904 behind it says nothing of the password either.
    this.desk.send("QUIT");
  }

  #taken() {
    const { given, name } = this.#who, isWrong = !this.account && given;
    this.#refuse(isWrong ? "wrong-password" : "taken",
      isWrong ? `That is not the password of "${name}".` : `"${name}" is taken. Give its password, or choose another name.`);
  }

  /** @param {Problem["kind"]} kind @param {string} text */
  #refuse(kind, text) {
    this.#forgetNew();
    this.phase = "nameless";
    this.desk.problem({ kind, name: this.#who.name, text });
  }

  #forgetNew() {
    if (this.#isNew) this.desk.useless(this.#who.name, this.secret);
    this.#isNew = false;
  }
}
