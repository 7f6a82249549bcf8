import swagger from '@fastify/swagger'
import { rights } from './access.ts'
import { withFailures, type Description } from './described-failures.ts'
import type { Server } from './server.ts'

const tags = [
  { name: 'events', description: 'Events from outside, one path a topic.' },
  { name: 'customers', description: 'What is known of customers.' },
  { name: 'sales', description: 'Whom to visit, and how visits are assessed.' },
  { name: 'calls', description: 'What is said in calls.' },
  { name: 'scores', description: 'What models said, and what they saw.' },
  { name: 'models', description: 'What was learned.' },
  { name: 'settings', description: 'What people decide: thresholds, policies, needs and characteristics, versioned.' },
  { name: 'live', description: 'Updates as they come.' },
  { name: 'operations', description: 'How the platform is.' },
  { name: 'problems', description: 'Kinds of failures.' },
  { name: 'schema registry', description: 'The read endpoints of a Confluent schema registry.' },
]

/** Describes every route that is defined after it; the description is at /openapi.json. */
export async function describeApi(server: Server): Promise<void> {
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Scoreline',
        version: '0.1.0',
        description:
          'Events in, scores and decisions out. Times are ISO 8601 in UTC, money is in minor units of its currency. Every failure is a problem document (RFC 9457).',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } as { name: string },
      },
      tags,
    },
    transform: ({ schema, url, route }) => ({ schema: { ...schema, 'x-access': route.config?.access } as typeof schema, url }),
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
