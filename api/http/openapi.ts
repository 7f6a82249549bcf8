import swagger from '@fastify/swagger'
import { rights } from './access.ts'
import { withFailures, type Description } from './described-failures.ts'
import type { Server } from './server.ts'

const tags = [
  { name: 'events', description: 'Events from other systems, one path per topic.' },
  { name: 'customers', description: 'Customers: profile, features, alerts.' },
  { name: 'online features', description: 'The newest features of customers, with low latency for other programs.' },
  { name: 'sales', description: 'Whom to visit, and how visits are assessed.' },
  { name: 'calls', description: 'Campaigns, permission to call, scripts, call routing, and turns of calls.' },
  { name: 'scores', description: 'Scores, with the rows that the models saw.' },
  { name: 'models', description: 'Models and their metrics.' },
  { name: 'settings', description: 'Versioned settings: thresholds, policies, needs and characteristics.' },
  { name: 'live', description: 'Live updates.' },
  { name: 'operations', description: 'State of the platform.' },
  { name: 'access', description: 'API keys.' },
  { name: 'problems', description: 'Kinds of failures.' },
  { name: 'schema registry', description: 'The read endpoints of a Confluent schema registry.' },
]

/** Describes every route that is defined after this call; the document is at /openapi.json. */
export async function describeApi(server: Server): Promise<void> {
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Scoreline',
        version: '0.1.0',
        description:
          'Events in, scores and decisions out. Times are ISO 8601 in UTC; amounts of money are in minor units of their currency. Every failure is a problem document (RFC 9457).',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } as { name: string },
      },
      tags,
    },
    transform: ({ schema, url, route }) => ({
      schema: { ...schema, 'x-access': route.config?.access, 'x-own': route.config?.own } as typeof schema,
      url,
    }),
    transformObject: (document) => {
      const described = withFailures(('openapiObject' in document ? document.openapiObject : {}) as Description)
      return { ...described, 'x-rights': rights } as object
    },
  })
}

export function openapiRoute(server: Server): void {
  server.get('/openapi.json', { config: { access: 'public' }, schema: { hide: true } }, (_request, reply) =>
    reply.type('application/json; charset=utf-8').serializer(JSON.stringify).send(server.swagger()),
  )
}
