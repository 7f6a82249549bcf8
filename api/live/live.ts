import { Type } from 'typebox'
import { customerNames } from '../../store/customers/names.ts'
import { maskOf } from '../access/mask.ts'
import { maskedKinds } from '../access/mask-answers.ts'
import { createLiveHub, type LiveClient } from './live-hub.ts'
import { messageSchema } from './live-messages.ts'
import type { ApiPorts } from '../ports.ts'
import { ProblemError, problems } from '../http/problem.ts'
import type { Server } from '../http/server.ts'

/** Each client may hold a megabyte of unsent data. */
const CLIENTS_MAX = 500
/** After this time a stream ends, and its client sends its credentials again: they may have expired or been revoked. */
const AUTHENTICATED_MS_MAX = 600_000

declare module 'fastify' {
  interface FastifySchema {
    /** JSON Schemas of the data of server-sent events, by event name: OpenAPI 3.1 has no field for them. */
    'x-messages'?: Readonly<Record<string, object>>
  }
}

/** Route that streams results as they are published. */
export function liveRoute(server: Server, { subscribe, database, metrics, liveTopics }: ApiPorts): void {
  const names = liveTopics.map(({ name }) => name)
  const schemas = Object.fromEntries(liveTopics.map((topic) => [topic.name, messageSchema(topic)]))
  const hub = createLiveHub({
    subscribe,
    masks: new Map(Object.entries(schemas).map(([name, schema]) => [name, maskOf(schema)])),
    namesOf: (ids) => customerNames(database, ids),
    onClients: (count) => metrics.liveClients(count),
  })
  // Runs before the server waits for open connections, because these never end by themselves.
  server.addHook('preClose', (done) => {
    hub.close()
    done()
  })
  server.get(
    '/live',
    {
      // A HEAD request would never end.
      exposeHeadRoute: false,
      config: { access: 'read-customers' },
      schema: {
        tags: ['live'],
        summary: 'Results as they are published (server-sent events)',
        description:
          'The event name is the topic; the data is the message as JSON without its row, described in x-messages. `skipped` gives the number of messages left out because too many arrived at once; `dropped` ends the connection of a client that reads too slowly.',
        'x-messages': schemas,
        querystring: Type.Object(
          { topics: Type.Optional(Type.String({ description: `Some of ${names.join(', ')}, separated by commas.` })) },
          { additionalProperties: false },
        ),
        response: {
          200: { description: 'A stream of events.', content: { 'text/event-stream': { schema: { type: 'string' } } } },
          ...problems('invalid-request', 'unavailable'),
        },
      },
    },
    (request, reply) => {
      const topics = topicsOf(request.query.topics, names)
      if (hub.size() >= CLIENTS_MAX) {
        throw new ProblemError(
          'unavailable',
          `The limit of ${CLIENTS_MAX} connected clients is reached. Try again later.`,
        )
      }
      reply.hijack()
      const { raw } = reply
      raw.writeHead(200, {
        ...(reply.getHeaders() as Record<string, string>),
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        // Keeps nginx from buffering the events.
        'x-accel-buffering': 'no',
      })
      const client: LiveClient = {
        topics,
        maskedKinds: maskedKinds(request),
        write: (chunk) => void raw.write(chunk),
        pendingBytes: () => raw.writableLength,
        end: () => void raw.end(),
      }
      const renewal = request.principal && setTimeout(() => raw.end(), AUTHENTICATED_MS_MAX)
      raw.on('close', () => {
        clearTimeout(renewal)
        hub.remove(client)
      })
      raw.on('error', () => hub.remove(client))
      hub.add(client)
    },
  )
}

/** Returns the requested topics; `undefined`: all. Throws a problem that names unknown ones. */
function topicsOf(text: string | undefined, names: readonly string[]): ReadonlySet<string> | undefined {
  const topics = text?.split(',').map((name) => name.trim())
  const unknown = topics?.filter((name) => !names.includes(name)) ?? []
  if (unknown.length === 0) return topics && new Set(topics)
  const problem = `Unknown topics: ${unknown.join(', ')}. Available: ${names.join(', ')}.`
  throw new ProblemError('invalid-request', 'The query is invalid.', [{ part: 'query', path: '/topics', problem }])
}
