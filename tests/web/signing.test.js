/** Signing in: proofs, first use, taken names, passwords. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { CAPS, Profile, settle, Tab, welcoming } from "./world.js";

const secretOf = (profile, name) => profile.rows.get(`secrets ${name}`)?.[0];

test("the first use of a name keeps it with a secret that is on disk before the server hears it", async () => {
  const tab = new Tab();
  tab.profile.isSlow = true;
  await tab.signIn("Ann");
  for (let turn = 0; turn < 10 && !tab.take("REGISTER").length; turn++) {
    if (tab.profile.rows.has("secrets ann")) break;
    assert.deepEqual(tab.take("REGISTER"), []);
    tab.profile.pending.splice(0).forEach((done) => done());
    await settle();
  }
  tab.profile.isSlow = false;
  tab.profile.pending.splice(0).forEach((done) => done());
  await settle();
  assert.match(secretOf(tab.profile, "ann"), /^made-.{24,}/);
  assert.deepEqual({ ...tab.client.me }, { nick: "Ann", account: "Ann", away: "", hasPassword: false });
  assert.equal(tab.client.link.state, "online");
});

test("it asks for all that is offered and understood, and for nothing else", async () => {
  const tab = new Tab();
  tab.server = welcoming(tab, `${CAPS} sts=port=1 unknown.example/cap`);
  await tab.client.signIn("ann");
  await settle();
  const asked = tab.take("CAP", "REQ")[0].params[1].split(" ");
  assert.ok(asked.includes("draft/chathistory") && asked.includes("sasl"));
  assert.ok(!asked.some((cap) => cap.startsWith("sts") || cap.startsWith("unknown")));
});

test("a later visit proves the name with SASL, by itself", async () => {
  const profile = new Profile();
  const first = await new Tab(profile).signIn();
  const secret = secretOf(profile, "ann");
  first.end();
  const second = new Tab(profile);
  second.server = welcoming(second);
  await second.client.start();
  await settle();
  assert.equal(atob(second.take("AUTHENTICATE")[1].params[0]), `\0ann\0${secret}`);
  assert.deepEqual(second.take("REGISTER"), []);
  assert.equal(second.client.me.account, "ann");
});

/** Somebody whose registration the server has heard of, and who has not heard the server. */
async function unheard(name) {
  const tab = new Tab(), answer = welcoming(tab);
  tab.server = (line) => { if (line.command !== "REGISTER") answer(line); };
  await tab.client.signIn(name);
  await settle();
  return tab;
}

test("a name whose registration was not heard of is one's own: its secret is kept, and proves it", async () => {
  const tab = await unheard("ann"), secret = secretOf(tab.profile, "ann");
  await tab.cut({ isReachable: true });
  tab.server = welcoming(tab);
  await tab.pass(1000);
  assert.equal(atob(tab.take("AUTHENTICATE")[1].params[0]), `\0ann\0${secret}`);
  assert.equal(secretOf(tab.profile, "ann"), secret);
  assert.equal(tab.client.me.account, "ann");
});

test("a secret whose registration was not heard of is nobody else's", async () => {
  const tab = await unheard("ann"), secret = secretOf(tab.profile, "ann");
  await tab.client.signIn("bob");
  await tab.cut({ isReachable: true });
  tab.server = welcoming(tab);
  await tab.pass(1000);
  assert.equal(tab.client.me.nick, "bob");
  assert.notEqual(secretOf(tab.profile, "bob"), secret);
  assert.equal(secretOf(tab.profile, "ann"), secret);
});

test("a visitor whom nobody knows is asked for a name", async () => {
  const tab = new Tab();
  await tab.client.start();
  assert.equal(tab.client.isKnown, false);
  assert.equal(tab.dials, 0);
});

test("a taken name asks for its password or another name, on the same connection", async () => {
  const tab = new Tab();
  const answer = welcoming(tab);
  tab.server = (line) => {
    if (line.command === "REGISTER" && tab.client.server.identity.name === "bob") return queueMicrotask(() => tab.ends.line("FAIL REGISTER ACCOUNT_EXISTS bob :taken"));
    answer(line);
  };
  await tab.client.signIn("bob");
  await settle();
  assert.deepEqual(tab.client.problem, { kind: "taken", name: "bob", text: '"bob" is taken. Give its password, or choose another name.' });
  assert.equal(secretOf(tab.profile, "bob"), undefined);
  await tab.client.signIn("carl");
  await settle();
  assert.equal(tab.client.problem, null);
  assert.equal(tab.client.me.nick, "carl");
  assert.equal(tab.dials, 1);
});

test("a wrong password is told apart from a taken name", async () => {
  const tab = new Tab();
  const answer = welcoming(tab);
  tab.server = (line) => {
    if (line.command === "AUTHENTICATE" && line.params[0] !== "PLAIN") return queueMicrotask(() => tab.ends.line(":srv 904 * :no"));
    if (line.command === "REGISTER") return queueMicrotask(() => tab.ends.line("FAIL REGISTER ACCOUNT_EXISTS bob :taken"));
    answer(line);
  };
  await tab.client.signIn("bob", "guess");
  await settle();
  assert.equal(tab.client.problem.kind, "wrong-password");
  tab.server = welcoming(tab);
  await tab.client.signIn("bob", "right");
  await settle();
  assert.equal(tab.client.me.hasPassword, true);
  assert.deepEqual(tab.profile.rows.get("secrets bob"), ["right"]);
});

test("a password that was not looked at is not wrong: the next connection tries it again", async () => {
  const tab = await new Tab().signIn();
  const answer = welcoming(tab), isBusy = ({ command, params }) => command === "AUTHENTICATE" && params[0] !== "PLAIN";
  await tab.cut({ isReachable: true });
  tab.server = (line) => {
    if (line.command === "QUIT") queueMicrotask(() => tab.ends.closed("Quit"));
    else if (isBusy(line)) queueMicrotask(() => tab.hear("FAIL AUTHENTICATE TEMPORARILY_UNAVAILABLE :Try again", ":srv 904 * :no"));
    else answer(line);
  };
  await tab.pass(2000);
  assert.equal(tab.take("QUIT").length, 1);
  assert.deepEqual([tab.client.problem, tab.client.link.state], [null, "offline"]);
  tab.server = answer;
  await tab.pass(4000);
  assert.equal(tab.client.link.state, "online");
  assert.equal(tab.client.me.account, "ann");
});

test("a nick that is in use is a taken name; the answer to its REGISTER does not disturb the next name", async () => {
  const tab = new Tab();
  const answer = welcoming(tab);
  tab.server = (line) => {
    if (line.command === "NICK" && line.params[0] === "bob") return queueMicrotask(() => tab.ends.line(":srv 433 * bob :in use"));
    if (line.command === "REGISTER" && tab.client.problem) return;
    answer(line);
  };
  await tab.client.signIn("bob");
  await settle();
  assert.equal(tab.client.problem.kind, "taken");
  await tab.client.signIn("carl");
  await tab.hear("FAIL REGISTER NEED_NICK * :no nick");
  assert.equal(tab.client.me.nick, "carl");
});

test("a name that no server takes is refused with its remedy, before any line is sent", async () => {
  const tab = new Tab();
  await tab.client.signIn("Ann Bee");
  assert.deepEqual(tab.client.problem, { kind: "refused", name: "Ann Bee", text: 'A name has no spaces. Try "Ann_Bee".' });
  await tab.client.signIn("#ann");
  assert.equal(tab.client.problem.kind, "refused");
  assert.equal(tab.dials, 0);
});

test("a ban ends it: nothing is tried again", async () => {
  const tab = new Tab();
  tab.server = ({ command }) => command === "CAP" && queueMicrotask(() => tab.ends.line(":srv 465 * :You are banned here"));
  await tab.client.signIn("ann");
  await settle();
  await tab.hear(":srv CAP * LS :sasl", ":srv CAP * ACK :sasl", ":srv 465 * :You are banned here");
  assert.deepEqual(tab.client.problem, { kind: "shut-out", name: "ann", text: "You are banned here" });
  await tab.pass(120_000);
  assert.equal(tab.dials, 1);
});

test("a long secret is sent in parts of 400 characters", async () => {
  const tab = await new Tab().signIn("ann", { password: "p".repeat(295) });
  const [, ...parts] = tab.take("AUTHENTICATE").map((line) => line.params[0]);
  assert.deepEqual(parts.map((part) => part.length), [400, 1]);
  assert.equal(parts[1], "+");
  assert.equal(atob(parts[0]), `\0ann\0${"p".repeat(295)}`);
});

test("a password of one's own replaces the made secret; a refused one changes nothing", async () => {
  const tab = await new Tab().signIn();
  const made = secretOf(tab.profile, "ann");
  const refused = tab.client.setPassword("short");
  await settle();
  const [{ params, tags }] = tab.take("PASSWORD");
  assert.equal(atob(params[0]), `${made}\0short`);
  await tab.hear(`@label=${tags.label} FAIL PASSWORD INVALID_PASSWORD :A password has at least 8 characters`);
  await assert.rejects(refused, /at least 8/);
  assert.deepEqual(tab.profile.rows.get("secrets ann"), [made]);
  const taken = tab.client.setPassword("long enough");
  await settle();
  await tab.hear(`@label=${tab.take("PASSWORD")[0].tags.label} PASSWORD SUCCESS ann :done`);
  await taken;
  assert.deepEqual(tab.profile.rows.get("secrets ann"), ["long enough"]);
  assert.equal(tab.client.me.hasPassword, true);
});

test("a server without accounts lets people in as guests", async () => {
  const tab = await new Tab().signIn("ann", { caps: "server-time message-tags" });
  assert.equal(tab.client.link.state, "online");
  assert.equal(tab.client.me.account, "");
  assert.deepEqual(tab.take("REGISTER"), []);
});

test("signing out forgets the name and the conversations, and keeps the secret", async () => {
  const tab = await new Tab().signIn();
  await tab.inRoom();
  await tab.pass(3000);
  await tab.client.signOut();
  assert.deepEqual([...tab.profile.rows.keys()].filter((key) => /talk|last/.test(key)), []);
  assert.ok(secretOf(tab.profile, "ann"));
  assert.equal(tab.client.isKnown, false);
  await tab.pass(60_000);
  assert.equal(tab.dials, 1);
});
