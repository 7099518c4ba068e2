import { importJWK } from 'jose'
import * as client from 'openid-client'
import { Person, posted, run } from './person.mjs'

const SCOPE = 'openid profile email offline_access'

await run(async ({ issuer, account, redirectUri, postLogoutRedirectUri, clients }) => {
  const key = await importJWK(clients.keyed.key, 'ES256')

  async function discovered(clientId, authentication) {
    const execute = [client.allowInsecureRequests, client.enableNonRepudiationChecks]
    return client.discovery(new URL(issuer), clientId, undefined, authentication, { execute })
  }

  async function party() {
    return discovered('party', client.ClientSecretBasic(clients.party.secret))
  }

  /** An authorization request, and what its answer is checked against. */
  async function request(config, parameters) {
    const checks = {
      pkceCodeVerifier: client.randomPKCECodeVerifier(),
      expectedState: client.randomState(),
      expectedNonce: client.randomNonce(),
      idTokenExpected: true,
    }
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope: SCOPE,
      state: checks.expectedState,
      nonce: checks.expectedNonce,
      code_challenge: await client.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
      code_challenge_method: 'S256',
      ...parameters,
    })
    return { url, checks }
  }

  async function signedIn(config, person, parameters) {
    const { url, checks } = await request(config, parameters)
    const answer = await person.signIn(url)
    const from = answer.page === undefined ? answer.url : posted(answer)
    return client.authorizationCodeGrant(config, from, checks)
  }

  async function whole(config) {
    const person = new Person(account)
    const tokens = await signedIn(config, person)
    const { sub } = tokens.claims()
    const user = await client.fetchUserInfo(config, tokens.access_token, sub)
    const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token)
    const before = await client.tokenIntrospection(config, refreshed.access_token)
    await client.tokenRevocation(config, refreshed.refresh_token)
    const after = await client.tokenIntrospection(config, refreshed.access_token)
    return {
      sub,
      name: user.name,
      sameUserAfterRefresh: refreshed.claims().sub === sub,
      rotated: refreshed.refresh_token !== tokens.refresh_token,
      activeBeforeRevocation: before.active,
      activeAfterRevocation: after.active,
    }
  }

  async function hybrid(response_mode) {
    const config = await party()
    client.useCodeIdTokenResponseType(config)
    const tokens = await signedIn(config, new Person(account), response_mode && { response_mode })
    return tokens.claims().sub
  }

  async function implicit() {
    const config = await party()
    client.useIdTokenResponseType(config)
    const { url, checks } = await request(config, { response_mode: 'form_post', scope: 'openid' })
    const answer = posted(await new Person(account).signIn(url))
    const claims = await client.implicitAuthentication(config, answer, checks.expectedNonce, checks)
    return claims.sub
  }

  /** Where a logout leads, and whether the user is signed in after it. */
  async function signedOut() {
    const config = await party()
    const person = new Person(account)
    const tokens = await signedIn(config, person)
    const state = client.randomState()
    const { url } = await person.visit(client.buildEndSessionUrl(config, {
      post_logout_redirect_uri: postLogoutRedirectUri,
      id_token_hint: tokens.id_token,
      state,
    }))
    return {
      back: url.href === `${postLogoutRedirectUri}?state=${state}`,
      afterwards: await refusal(config, person),
    }
  }

  /** A public client with a key of its own; what the library does about nonces, it does by itself. */
  async function bound() {
    const config = await discovered('bound', client.None())
    const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair())
    const { url, checks } = await request(config, { dpop_jkt: await DPoP.calculateThumbprint() })
    const answer = await new Person(account).signIn(url)
    const tokens = await client.authorizationCodeGrant(config, answer.url, checks, undefined, { DPoP })
    const user = await client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub, { DPoP })
    const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP })
    return {
      types: [tokens.token_type, refreshed.token_type],
      name: user.name,
      withoutKey: await client.refreshTokenGrant(config, refreshed.refresh_token).catch((refusal) => refusal.error),
    }
  }

  async function registered() {
    const config = await client.dynamicClientRegistration(new URL(issuer), {
      client_name: 'Registered by itself',
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'client_secret_basic',
      scope: SCOPE,
    }, client.ClientSecretBasic(), { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks] })
    return whole(config)
  }

  /** Why a person who has not signed in gets no code without being asked. */
  async function refusal(config, person) {
    const { url, checks } = await request(config, { prompt: 'none' })
    const answer = await person.visit(url)
    return client.authorizationCodeGrant(config, answer.url, checks).catch((refusal) => refusal.error)
  }

  return {
    secret: await whole(await party()),
    key: await whole(await discovered('keyed', client.PrivateKeyJwt({ key, kid: clients.keyed.key.kid }))),
    formPost: (await signedIn(await party(),
      new Person(account), { response_mode: 'form_post' })).claims().sub,
    hybrid: await hybrid(),
    hybridFormPost: await hybrid('form_post'),
    implicit: await implicit(),
    refused: await refusal(await party(), new Person(account)),
    signedOut: await signedOut(),
    registered: await registered(),
    bound: await bound(),
  }
})
