import { importJWK } from 'jose'
import * as client from 'openid-client'
import { Person, posted, run } from './person.mjs'

const SCOPE = 'openid profile email offline_access'

await run(async ({ issuer, account, redirectUri, clients }) => {
  const key = await importJWK(clients.keyed.key, 'ES256')

  async function discovered(clientId, authentication) {
    const execute = [client.allowInsecureRequests, client.enableNonRepudiationChecks]
    return client.discovery(new URL(issuer), clientId, undefined, authentication, { execute })
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
    const config = await discovered('web', client.ClientSecretBasic(clients.web.secret))
    client.useCodeIdTokenResponseType(config)
    const tokens = await signedIn(config, new Person(account), response_mode && { response_mode })
    return tokens.claims().sub
  }

  async function implicit() {
    const config = await discovered('web', client.ClientSecretBasic(clients.web.secret))
    client.useIdTokenResponseType(config)
    const { url, checks } = await request(config, { response_mode: 'form_post', scope: 'openid' })
    const answer = posted(await new Person(account).signIn(url))
    const claims = await client.implicitAuthentication(config, answer, checks.expectedNonce, checks)
    return claims.sub
  }

  async function refused() {
    const config = await discovered('web', client.ClientSecretBasic(clients.web.secret))
    const { url, checks } = await request(config, { prompt: 'none' })
    const answer = await new Person(account).visit(url)
    return client.authorizationCodeGrant(config, answer.url, checks).catch((refusal) => refusal.error)
  }

  return {
    secret: await whole(await discovered('web', client.ClientSecretBasic(clients.web.secret))),
    key: await whole(await discovered('keyed', client.PrivateKeyJwt({ key, kid: clients.keyed.key.kid }))),
    formPost: (await signedIn(await discovered('web', client.ClientSecretBasic(clients.web.secret)),
      new Person(account), { response_mode: 'form_post' })).claims().sub,
    hybrid: await hybrid(),
    hybridFormPost: await hybrid('form_post'),
    implicit: await implicit(),
    refused: await refused(),
  }
})
