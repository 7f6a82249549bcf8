import { ProblemError } from './problem.ts'
import type { Server } from './server.ts'

/**
 * Returns a content security policy for a self-contained page, which loads nothing from other hosts and sends nothing
 * to them. `styleHash`: CSP hash of an inline style.
 */
export function contentPolicy(styleHash?: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self'${styleHash === undefined ? '' : ` '${styleHash}'`}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

const HEADERS = {
  'content-security-policy': contentPolicy(),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
} as const

/**
 * Guards a server without authentication. On loopback it answers only to a loopback host name: otherwise any web page
 * could reach it through a domain that resolves to this host (DNS rebinding). It refuses changes from pages of other
 * sites, but for those of `origins`.
 */
export function secure(server: Server, hosts: readonly string[] | undefined, origins: readonly string[] = []): void {
  server.addHook('onRequest', (request, reply, done) => {
    void reply.headers(HEADERS)
    const host = request.headers.host
    if (hosts !== undefined && !hosts.includes(nameOf(host))) {
      return done(
        new ProblemError(
          'forbidden-origin',
          `The API can’t be called under the host name ${JSON.stringify(host ?? '')}.`,
        ),
      )
    }
    const { origin } = request.headers
    if (
      origin !== undefined &&
      request.method !== 'GET' &&
      request.method !== 'HEAD' &&
      hostOf(origin) !== host &&
      !origins.includes(origin)
    ) {
      return done(
        new ProblemError('forbidden-origin', `A page from ${JSON.stringify(origin)} may not change anything here.`),
      )
    }
    done()
  })
}

/** Returns the host without its port; IPv6 addresses keep their brackets. */
function nameOf(host: string | undefined): string {
  return (host ?? '').replace(/:\d+$/, '').toLowerCase()
}

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host
  } catch {
    return undefined
  }
}

/**
 * Returns the host names under which a server bound to `address` may be called; `undefined` if it is open to the
 * network, where any name may lead to it.
 */
export function hostsFor(address: string): readonly string[] | undefined {
  const loopback = address === 'localhost' || address === '::1' || /^127\./.test(address)
  return loopback
    ? [...new Set(['localhost', '127.0.0.1', '[::1]', address.includes(':') ? `[${address}]` : address])]
    : undefined
}
