// Takes a token apart and checks it with the keys of this server. The token stays in this page: it is in no URL, in no
// request and in no storage. The only request made here fetches the public keys.

const base = location.pathname.replace(/\/docs\/?$/, "");
const issuer = document.body.dataset.issuer;
const MAX_LENGTH = 64 * 1024;

const CURVES = { ES256: "P-256", ES384: "P-384", ES512: "P-521" };
const HASHES = { 256: "SHA-256", 384: "SHA-384", 512: "SHA-512" };
const TIMES = [
  ["iat", "Issued"],
  ["auth_time", "Logged in"],
  ["nbf", "Valid from"],
  ["exp", "Expires", "Expired"],
];

/** Bytes of a canonical base64url text: no padding, no other characters, no stray bits. */
export function bytesOf(text) {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) {
    throw new Error("is not base64url");
  }
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (c) => c.charCodeAt(0));
  if (btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "") !== text) {
    throw new Error("is not canonical base64url");
  }
  return bytes;
}

function objectOf(part, name) {
  let object;
  try {
    object = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytesOf(part)));
  } catch {
    throw new Error("The " + name + " is not JSON in base64url.");
  }
  if (object === null || typeof object !== "object" || Array.isArray(object)) {
    throw new Error("The " + name + " is not a JSON object.");
  }
  return object;
}

/** Header and claims, or an error with a sentence for people. */
export function parse(token) {
  if (token.length > MAX_LENGTH) {
    throw new Error("It is longer than any token.");
  }
  const parts = token.split(".");
  if (parts.length === 5) {
    throw new Error("It has five parts: it is encrypted, and only its reader can open it.");
  }
  if (parts.length !== 3) {
    throw new Error("A token has three parts, separated by dots; this has " + parts.length + ".");
  }
  const header = objectOf(parts[0], "header");
  const claims = objectOf(parts[1], "second part");
  let signature;
  try {
    signature = bytesOf(parts[2]);
  } catch {
    throw new Error("The signature is not base64url.");
  }
  return { header, claims, signature, signed: new TextEncoder().encode(parts[0] + "." + parts[1]) };
}

/** How WebCrypto calls an algorithm, or null if it is not one with a public key. */
function algorithmOf(alg) {
  const hash = HASHES[String(alg).slice(2)];
  if (CURVES[alg]) {
    return { name: "ECDSA", namedCurve: CURVES[alg], hash };
  }
  if (/^RS(256|384|512)$/.test(alg)) {
    return { name: "RSASSA-PKCS1-v1_5", hash };
  }
  if (/^PS(256|384|512)$/.test(alg)) {
    return { name: "RSA-PSS", hash, saltLength: Number(alg.slice(2)) / 8 };
  }
  return alg === "EdDSA" || alg === "Ed25519" ? { name: "Ed25519" } : null;
}

/** One of: good, bad, unknown-key, shared-secret, none, cannot. */
async function checkSignature({ header, signature, signed }) {
  if (String(header.alg).toLowerCase() === "none") {
    return { result: "none" };
  }
  if (/^HS/.test(header.alg)) {
    return { result: "shared-secret" };
  }
  const algorithm = algorithmOf(header.alg);
  if (!algorithm) {
    return { result: "cannot", why: "The algorithm is unknown here." };
  }
  if (!globalThis.crypto?.subtle) {
    return { result: "cannot", why: "Browsers check signatures only on pages from https or localhost." };
  }
  const answer = await fetch(base + "/jwks", { credentials: "omit" });
  if (!answer.ok) {
    return { result: "cannot", why: "The keys of this server cannot be read." };
  }
  const keys = (await answer.json()).keys.filter(
    (key) => (!header.kid || key.kid === header.kid) && (!key.alg || key.alg === header.alg),
  );
  for (const { kty, n, e, crv, x, y, kid } of keys) {
    try {
      const key = await crypto.subtle.importKey("jwk", { kty, n, e, crv, x, y }, algorithm, false, ["verify"]);
      if (await crypto.subtle.verify(algorithm, key, signature, signed)) {
        return { result: "good", kid };
      }
    } catch (failure) {
      if (failure.name === "NotSupportedError") {
        return { result: "cannot", why: "This browser does not know " + header.alg + "." };
      }
    }
  }
  return { result: keys.length ? "bad" : "unknown-key" };
}

/** A time in words: "in 14 minutes", "3 days ago". */
export function inWords(seconds, now) {
  const distance = seconds - now;
  const units = [
    ["year", 31557600],
    ["month", 2629800],
    ["day", 86400],
    ["hour", 3600],
    ["minute", 60],
    ["second", 1],
  ];
  const [unit, size] = units.find(([, length]) => Math.abs(distance) >= length) ?? ["second", 1];
  const words = new Intl.RelativeTimeFormat("en", { numeric: "always" });
  return Math.abs(distance) < 1 ? "now" : words.format(Math.trunc(distance / size), unit);
}

function isTime(value) {
  return typeof value === "number" && Number.isFinite(value) && Math.abs(value) < 8.64e12;
}

const byId = (id) => document.getElementById(id);

function showVerdict(kind, title, detail) {
  byId("verdict").dataset.kind = kind;
  byId("verdict-title").textContent = title;
  byId("verdict-detail").textContent = detail;
}

function showTimes(claims, now) {
  const rows = [];
  for (const [claim, label, past] of TIMES) {
    if (isTime(claims[claim])) {
      const term = document.createElement("dt");
      const gone = past && claims[claim] <= now;
      term.textContent = gone ? past : label;
      const data = document.createElement("dd");
      const words = document.createElement("span");
      words.textContent = inWords(claims[claim], now);
      words.className = gone ? "gone" : "";
      const time = document.createElement("time");
      const date = new Date(claims[claim] * 1000);
      time.dateTime = date.toISOString();
      time.textContent = date.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" });
      data.append(words, time);
      const row = document.createElement("div");
      row.append(term, data);
      rows.push(row);
    }
  }
  byId("times").replaceChildren(...rows);
  byId("times-part").hidden = rows.length === 0;
}

/** JSON with a class for each kind of value; text nodes only, so that nothing in a token can become markup. */
function showJson(element, value) {
  const text = JSON.stringify(value, null, 2);
  const pieces = text.split(/("(?:[^"\\]|\\.)*"(?:\s*:)?|\b(?:true|false|null)\b|-?\d[\d.eE+-]*)/);
  element.replaceChildren(
    ...pieces.map((piece, i) => {
      if (i % 2 === 0) {
        return piece;
      }
      const span = document.createElement("span");
      span.className = piece.endsWith(":") ? "name" : piece.startsWith('"') ? "text" : "other";
      span.textContent = piece;
      return span;
    }),
  );
}

function validity(claims, now) {
  if (isTime(claims.exp) && claims.exp <= now) {
    return "but it expired " + inWords(claims.exp, now);
  }
  if (isTime(claims.nbf) && claims.nbf > now) {
    return "but it is valid only " + inWords(claims.nbf, now);
  }
  return null;
}

function tell({ result, kid, why }, { header, claims }, now) {
  const late = validity(claims, now);
  const alg = String(header.alg);
  switch (result) {
    case "good": {
      const foreign = claims.iss !== undefined && claims.iss !== issuer;
      const key = "The signature fits the key " + kid + " (" + alg + ").";
      if (foreign) {
        showVerdict("warn", "Signed by this server, for another issuer", key + " It names " + claims.iss + ".");
      } else if (late) {
        showVerdict("warn", "Signed by this server, " + late, key);
      } else {
        showVerdict("good", "Signed by this server", key + " Whether it was revoked since, /introspect knows.");
      }
      return;
    }
    case "bad":
      return showVerdict("bad", "Not what this server signed", "It names a key of this server, but the signature does not fit: it was changed or forged.");
    case "unknown-key":
      return showVerdict("bad", "Not signed by this server", "This server has no such key" + (header.kid ? ": " + header.kid : " for " + alg) + ".");
    case "shared-secret":
      return showVerdict("warn", "Signed with a shared secret", alg + " can be checked only by who has the secret.");
    case "none":
      return showVerdict("bad", "Not signed at all", "Anybody can write such a token. No API should take it.");
    default:
      return showVerdict("warn", "Not checked", why);
  }
}

let turn = 0;

async function inspect() {
  const mine = ++turn;
  const token = byId("token").value.replace(/\s+/g, "").replace(/^Bearer(?=ey)/i, "");
  byId("parts").hidden = true;
  if (!token) {
    return showVerdict("none", "Nothing to check yet", "A token has three parts, separated by dots.");
  }
  let parsed;
  try {
    parsed = parse(token);
  } catch (failure) {
    return showVerdict("bad", "Not a token", failure.message);
  }
  const now = Date.now() / 1000;
  showJson(byId("header"), parsed.header);
  showJson(byId("claims"), parsed.claims);
  showTimes(parsed.claims, now);
  byId("parts").hidden = false;
  let check;
  try {
    check = await checkSignature(parsed);
  } catch {
    check = { result: "cannot", why: "The keys of this server cannot be read." };
  }
  if (mine === turn) {
    tell(check, parsed, now);
  }
}

byId("token").addEventListener("input", inspect);
