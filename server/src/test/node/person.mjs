/** Somebody with a browser without a screen: keeps cookies, fills in the server's forms, and stops where a redirect leaves it. */
export class Person {
  #cookies = new Map()
  #account

  constructor(account) {
    this.#account = account
  }

  /** Follows an address: ends at a page of the server, or at the first address beyond it. */
  async visit(address, options = {}) {
    let url = new URL(address)
    const { origin } = url
    for (let hops = 0; hops < 10; hops++) {
      const response = await this.#send(url, options)
      const location = response.headers.get('location')
      if (location === null) return { url, page: await response.text() }
      url = new URL(location, url)
      options = {}
      if (url.origin !== origin) return { url }
    }
    throw new Error('redirects without end')
  }

  async #send(url, options) {
    const cookie = [...this.#cookies].map((pair) => pair.join('=')).join('; ')
    const response = await fetch(url, { ...options, headers: { cookie }, redirect: 'manual' })
    for (const text of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(text)
      if (value === '') this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
    return response
  }

  /** Sends the form of a page back, with more fields. */
  async submit({ url, page }, fields) {
    const { action, hidden } = form(page)
    const body = new URLSearchParams({ ...hidden, ...fields })
    return this.visit(new URL(action, url), { method: 'POST', body })
  }

  /** Signs in, and allows what the client asks for, unless that was allowed before. */
  async signIn(address) {
    const next = await this.submit(await this.visit(address), this.#account)
    return next.page?.includes('value="allow"') ? this.submit(next, { decision: 'allow' }) : next
  }
}

function form(page) {
  const [, action] = /<form[^>]*action="([^"]*)"/.exec(page) ?? fail(page)
  const fields = page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)
  return { action: unescaped(action), hidden: Object.fromEntries([...fields].map(([, n, v]) => [n, unescaped(v)])) }
}

function unescaped(html) {
  return html.replaceAll('&#34;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}

function fail(page) {
  throw new Error(`no form on the page: ${page}`)
}

/** What a browser sends for the page of the response mode form_post. */
export function posted({ page }) {
  const { action, hidden } = form(page)
  return new Request(action, { method: 'POST', body: new URLSearchParams(hidden) })
}

/** Runs a script: its input is JSON on standard input, what it found is JSON on standard output. */
export async function run(script) {
  let text = ''
  for await (const chunk of process.stdin) text += chunk
  console.log(JSON.stringify(await script(JSON.parse(text))))
}
