import type { Server } from './server.ts'

/** Tells which methods there are for a path. Knows the routes that are defined after it. */
export function methodsByPath(server: Server): (path: string) => readonly string[] {
  const routes: { readonly pattern: RegExp; readonly methods: readonly string[] }[] = []
  server.addHook('onRoute', ({ url, method }) => {
    // A wildcard stands for files: a path that it matches need not be there.
    if (url.includes('*')) return
    routes.push({
      pattern: new RegExp(`^${url.replaceAll('.', '\\.').replaceAll(/:[^/]+/g, '[^/]+')}$`),
      methods: [method].flat(),
    })
  })
  return (path) => {
    const methods = routes.filter(({ pattern }) => pattern.test(path)).flatMap((route) => route.methods)
    return [...new Set(methods)].sort()
  }
}
