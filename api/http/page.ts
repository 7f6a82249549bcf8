import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { ApiPorts } from '../ports.ts'
import { ProblemError } from './problem.ts'
import type { Server } from './server.ts'

/** Serves the built dashboard at `/`. */
export async function servePage(server: Server, { pageDirectory }: ApiPorts): Promise<void> {
  if (!existsSync(join(pageDirectory, 'index.html'))) {
    server.get('/', { config: { access: 'public' }, schema: { hide: true } }, () => {
      throw new ProblemError(
        'not-found',
        'The dashboard has not been built: run `npm run build:dashboard` and restart.',
      )
    })
    return
  }
  await server.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, access: 'public' }
    })
    await scope.register(fastifyStatic, {
      root: pageDirectory,
      schemaHide: true,
      setHeaders(response, path) {
        // Asset names contain a hash and can be cached; the page itself is revalidated.
        void response.header(
          'cache-control',
          path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        )
      },
    })
  })
}
