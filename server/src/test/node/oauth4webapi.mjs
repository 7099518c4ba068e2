import { importJWK } from 'jose'
import * as oauth from 'oauth4webapi'
import { Person, posted, run } from './person.mjs'

const INSECURE = { [oauth.allowInsecureRequests]: true }

await run(async ({ issuer, account, redirectUri, postLogoutRedirectUri, clients }) => {
  const url = new URL(issuer)
  const server = await oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, INSECURE))
  const key = await importJWK(clients.keyed.key, 'ES256')

  /** Sends a user to the server and checks what comes back. */
  async function authorize(client, parameters, person = new Person(account)) {
    const verifier = oauth.generateRandomCodeVerifier()
    const nonce = oauth.generateRandomNonce()
    const state = oauth.generateRandomState()
    const request = new URL(server.authorization_endpoint)
    request.search = new URLSearchParams({
      client_id: client.client_id,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'openid profile email offline_access',
      state,
      nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...parameters,
    })
    const answer = await (parameters?.prompt === 'none' ? person.visit(request) : person.signIn(request))
    return { verifier, nonce, state, answer: answer.page === undefined ? answer.url : posted(answer) }
  }

  async function tokens(client, authentication, flow, parameters) {
    const response = await oauth.authorizationCodeGrantRequest(
      server, client, authentication, parameters, redirectUri, flow.verifier, INSECURE)
    const checks = { expectedNonce: flow.nonce, requireIdToken: true }
    const result = await oauth.processAuthorizationCodeResponse(server, client, response, checks)
    await oauth.validateApplicationLevelSignature(server, response, INSECURE)
    return result
  }

  async function introspected(client, authentication, token) {
    const response = await oauth.introspectionRequest(server, client, authentication, token, INSECURE)
    return oauth.processIntrospectionResponse(server, client, response)
  }

  async function whole(client, authentication) {
    const flow = await authorize(client)
    const first = await tokens(client, authentication, flow, oauth.validateAuthResponse(server, client, flow.answer, flow.state))
    const { sub } = oauth.getValidatedIdTokenClaims(first)
    const userInfo = await oauth.userInfoRequest(server, client, first.access_token, INSECURE)
    const user = await oauth.processUserInfoResponse(server, client, sub, userInfo)
    const second = await oauth.processRefreshTokenResponse(server, client,
      await oauth.refreshTokenGrantRequest(server, client, authentication, first.refresh_token, INSECURE))
    const before = await introspected(client, authentication, second.access_token)
    await oauth.processRevocationResponse(
      await oauth.revocationRequest(server, client, authentication, second.refresh_token, INSECURE))
    const after = await introspected(client, authentication, second.access_token)
    return {
      sub,
      name: user.name,
      sameUserAfterRefresh: oauth.getValidatedIdTokenClaims(second).sub === sub,
      rotated: second.refresh_token !== first.refresh_token,
      activeBeforeRevocation: before.active,
      activeAfterRevocation: after.active,
    }
  }

  async function hybrid(parameters) {
    const client = { client_id: 'party' }
    const flow = await authorize(client, { response_type: 'code id_token', ...parameters })
    const checked = await oauth.validateCodeIdTokenResponse(
      server, client, flow.answer, flow.nonce, flow.state, undefined, INSECURE)
    const result = await tokens(client, oauth.ClientSecretBasic(clients.party.secret), flow, checked)
    return oauth.getValidatedIdTokenClaims(result).sub
  }

  /** Where a logout leads, and whether the user is signed in after it. */
  async function signedOut() {
    const client = { client_id: 'party' }
    const person = new Person(account)
    const flow = await authorize(client, {}, person)
    const { id_token } = await tokens(client, oauth.ClientSecretBasic(clients.party.secret), flow,
      oauth.validateAuthResponse(server, client, flow.answer, flow.state))
    const logout = new URL(server.end_session_endpoint)
    const state = oauth.generateRandomState()
    logout.search = new URLSearchParams({
      id_token_hint: id_token,
      post_logout_redirect_uri: postLogoutRedirectUri,
      state,
    })
    const { url } = await person.visit(logout)
    const silent = await authorize(client, { prompt: 'none' }, person)
    let afterwards
    try {
      oauth.validateAuthResponse(server, client, silent.answer, silent.state)
    } catch (refusal) {
      afterwards = refusal.error
    }
    return { back: url.href === `${postLogoutRedirectUri}?state=${state}`, afterwards }
  }

  async function registered() {
    const response = await oauth.dynamicClientRegistrationRequest(server, {
      client_name: 'Registered by itself',
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'client_secret_basic',
      scope: 'openid profile email offline_access',
    }, INSECURE)
    const client = await oauth.processDynamicClientRegistrationResponse(response)
    return whole(client, oauth.ClientSecretBasic(client.client_secret))
  }

  return {
    secret: await whole({ client_id: 'party' }, oauth.ClientSecretBasic(clients.party.secret)),
    key: await whole({ client_id: 'keyed' }, oauth.PrivateKeyJwt({ key, kid: clients.keyed.key.kid })),
    hybrid: await hybrid(),
    hybridFormPost: await hybrid({ response_mode: 'form_post' }),
    signedOut: await signedOut(),
    registered: await registered(),
  }
})
