/** What has to outlive the way to the token server and back. No token is ever stored. */
const PENDING = "login";

/** The login has ended: it was revoked, has expired, or the user signed out elsewhere. */
export class SignedOut extends Error {}

/**
 * A login at an OpenID Provider by authorization code and PKCE (RFC 9700 §2.1), with the tokens in this page's memory: they
 * are gone when it is left, and no other page and no later script finds them.
 */
export class Login {
  #settings;
  #provider;
  #tokens = null;
  #user = null;
  #refreshing = null;

  constructor(settings, provider) {
    this.#settings = settings;
    this.#provider = provider;
  }

  /** @param settings issuer, clientId, scope, redirectUri */
  static async at(settings) {
    const response = await fetch(`${settings.issuer}/.well-known/openid-configuration`);
    const provider = await response.json();
    if (provider.issuer !== settings.issuer) {
      throw new Error("These are the addresses of another token server"); // RFC 8414 §3.3
    }
    return new Login(settings, provider);
  }

  get isSignedIn() {
    return this.#tokens !== null;
  }

  /** Who signed in: sub, name … */
  get user() {
    return this.#user;
  }

  /** Leaves for the token server's sign-in page. */
  async begin() {
    const pending = { verifier: random(), state: random(), nonce: random() };
    sessionStorage.setItem(PENDING, JSON.stringify(pending));
    const query = new URLSearchParams({
      response_type: "code",
      client_id: this.#settings.clientId,
      redirect_uri: this.#settings.redirectUri,
      scope: this.#settings.scope,
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: await sha256(pending.verifier),
      code_challenge_method: "S256",
    });
    location.assign(`${this.#provider.authorization_endpoint}?${query}`);
  }

  /** Takes the answer of the sign-in page out of the address, if there is one, and redeems its code. */
  async complete() {
    const answer = new URLSearchParams(location.search);
    if (!answer.has("state")) {
      return;
    }
    history.replaceState(null, "", location.pathname);
    const pending = JSON.parse(sessionStorage.getItem(PENDING));
    sessionStorage.removeItem(PENDING);
    if (!pending) {
      return; // the way back from signing out
    }
    if (answer.get("state") !== pending.state || answer.get("iss") !== this.#provider.issuer) {
      throw new Error("This is the answer to another sign-in"); // RFC 9700 §4.7, RFC 9207 §2.4
    }
    if (!answer.has("code")) {
      throw new Error(answer.get("error_description") ?? answer.get("error"));
    }
    const tokens = await this.#token({
      grant_type: "authorization_code",
      code: answer.get("code"),
      redirect_uri: this.#settings.redirectUri,
      code_verifier: pending.verifier,
    });
    const { sub, nonce } = claims(tokens.id_token); // straight from the token server: OpenID Connect Core §3.1.3.7 item 6
    const headers = { Authorization: `Bearer ${tokens.access_token}` };
    const user = await (await fetch(this.#provider.userinfo_endpoint, { headers })).json();
    if (nonce !== pending.nonce || user.sub !== sub) {
      throw new Error("These are tokens of another sign-in"); // OpenID Connect Core §3.1.3.7 item 11, §5.3.2
    }
    this.#user = user;
    this.#tokens = tokens;
  }

  /**
   * As fetch(), with the access token, for this page's own API. Where the token is not taken any more, it is refreshed and the
   * request sent once more.
   */
  async fetch(path, options = {}) {
    const token = this.#tokens?.access_token;
    let response = await this.#send(path, options);
    if (response.status === 401) {
      if (this.#tokens?.access_token === token) {
        await this.#refresh();
      }
      response = await this.#send(path, options);
    }
    return response;
  }

  /** Ends the login: here, at the token server, and with it every application that was signed in to by this browser. */
  async end() {
    const { refresh_token, id_token } = this.#tokens;
    this.#tokens = null;
    await this.#post(this.#provider.revocation_endpoint, { token: refresh_token }).catch(() => null);
    const query = new URLSearchParams({ id_token_hint: id_token, post_logout_redirect_uri: this.#settings.redirectUri });
    location.assign(`${this.#provider.end_session_endpoint}?${query}`);
  }

  async #send(path, options) {
    const url = new URL(path, location);
    if (url.origin !== location.origin) {
      throw new Error("The token is for this page's own API");
    }
    if (!this.isSignedIn) {
      throw new SignedOut("You have been signed out");
    }
    const headers = { ...options.headers, Authorization: `Bearer ${this.#tokens.access_token}` };
    return fetch(url, { ...options, headers });
  }

  /** One refresh at a time, however many requests wait for it: a refresh token is good for one use (RFC 9700 §4.14). */
  async #refresh() {
    this.#refreshing ??= this.#token({ grant_type: "refresh_token", refresh_token: this.#tokens.refresh_token })
      .then((tokens) => (this.#tokens = { ...this.#tokens, ...tokens }))
      .finally(() => (this.#refreshing = null));
    await this.#refreshing;
  }

  async #token(fields) {
    const response = await this.#post(this.#provider.token_endpoint, fields);
    const answer = await response.json();
    if (answer.error === "invalid_grant") {
      this.#tokens = null;
      throw new SignedOut("You have been signed out");
    }
    if (!response.ok) {
      throw new Error(answer.error_description ?? answer.error);
    }
    return answer;
  }

  #post(url, fields) {
    return fetch(url, { method: "POST", body: new URLSearchParams({ client_id: this.#settings.clientId, ...fields }) });
  }
}

function random() {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

async function sha256(text) {
  return base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))));
}

function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function claims(jwt) {
  const payload = atob(jwt.split(".")[1].replaceAll("-", "+").replaceAll("_", "/"));
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(payload, (character) => character.charCodeAt(0))));
}
