import { ProblemError } from './problem.ts'
import type { Server } from './server.ts'

/**
 * Refuses an unsupported method before the body is read, and names the methods that the path supports. Covers the
 * routes that are defined after this call.
 */
export function refuseOtherMethods(server: Server): void {
  const routes: { readonly pattern: RegExp; readonly methods: readonly string[] }[] = []
  server.addHook('onRoute', ({ url, method }) => {
    if (isWildcard(url)) return
    routes.push({
      pattern: new RegExp(`^${url.replaceAll('.', '\\.').replaceAll(/:[^/]+/g, '[^/]+')}$`),
      methods: [method].flat(),
    })
  })
  server.addHook('onRequest', (request, reply, done) => {
    if (!request.is404 && !isWildcard(request.routeOptions.url)) return done()
    const path = request.url.split('?', 1)[0]!
    const methods = new Set(routes.filter(({ pattern }) => pattern.test(path)).flatMap((route) => route.methods))
    if (methods.size === 0) return done()
    const names = [...methods].sort().join(', ')
    void reply.header('allow', names)
    done(new ProblemError('method-not-allowed', `${path} does not support ${request.method}; it supports ${names}.`))
  })
}

/** Whether a route serves files; a path that matches it may be none, and another route may have it for another method. */
function isWildcard(url: string | undefined): boolean {
  return url?.includes('*') === true
}
