import swaggerUi from '@fastify/swagger-ui'
import { contentPolicy } from './security.ts'
import type { Server } from './server.ts'

/** CSP hash of the inline style in this version of Swagger UI. */
const STYLE_HASH = 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='

/** Serves the API's documentation at /docs: Swagger UI over /openapi.json, without requests to other hosts. */
export async function docsRoutes(server: Server): Promise<void> {
  await server.register(async (scope) => {
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, access: 'public' }
    })
    scope.addHook('onRequest', (_request, reply, done) => {
      void reply.header('content-security-policy', contentPolicy(STYLE_HASH))
      done()
    })
    await scope.register(swaggerUi, {
      routePrefix: '/docs',
      theme: { title: 'Scoreline: API' },
      // By default Swagger UI sends the document to a validator on the internet.
      uiConfig: { validatorUrl: null, docExpansion: 'list', filter: true, displayRequestDuration: true },
    })
  })
}
