import { Login, SignedOut } from "./login.js";

const element = (id) => document.getElementById(id);
const settings = await (await fetch("settings.json")).json();
let login;

function show(message) {
  element("message").textContent = message;
}

/** Runs an action of the user, and tells what went wrong. */
async function attempt(action) {
  show("");
  try {
    await action();
  } catch (problem) {
    show(problem.message);
    if (problem instanceof SignedOut) {
      showLogin();
    }
  }
}

function on(id, event, action) {
  element(id).addEventListener(event, (happened) => {
    happened.preventDefault();
    attempt(action);
  });
}

function showLogin() {
  element("sign-in").hidden = login.isSignedIn;
  for (const id of ["sign-out", "who", "notes"]) {
    element(id).hidden = !login.isSignedIn;
  }
  element("who").textContent = login.isSignedIn ? login.user.name : "";
}

/** The body of a good answer; what the API says to a bad one is for the user. */
async function body(response) {
  const answer = await response.json();
  if (!response.ok) {
    throw new Error(`${response.status}: ${answer.detail}`);
  }
  return answer;
}

function list({ notes }) {
  element("list").replaceChildren(
    ...notes.map((note) => {
      const item = document.createElement("li");
      item.textContent = note;
      return item;
    }),
  );
}

on("sign-in", "click", () => login.begin());
on("sign-out", "click", () => login.end());
on("add", "submit", async () => {
  const text = element("text").value;
  const headers = { "Content-Type": "application/json" };
  list(await body(await login.fetch("api/notes", { method: "POST", headers, body: JSON.stringify({ text }) })));
  element("text").value = "";
});
on("statistics", "click", async () => {
  const { users, notes } = await body(await login.fetch("api/statistics"));
  show(`${notes} notes of ${users} users`);
});
on("without-token", "click", async () => body(await fetch("api/notes")));

await attempt(async () => {
  login = await Login.at({ ...settings, redirectUri: `${location.origin}/` });
  await login.complete();
  if (login.isSignedIn) {
    list(await body(await login.fetch("api/notes")));
  }
});
if (login) {
  showLogin(); // not before all is there: what the user does at once has to count
}
