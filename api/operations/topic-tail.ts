import { Readable } from 'node:stream'
import { Type } from 'typebox'
import type { Topic } from '../../schemas/topic.ts'
import { maskOf, type PersonalKinds } from '../access/mask.ts'
import type { Principal } from '../access/principal.ts'
import { responseSchema } from '../events/event-schema.ts'
import { ProblemError, problems } from '../http/problem.ts'
import { filter, Name } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import { createSlots } from '../http/slots.ts'
import { startBeforeResponse } from '../http/start-before-response.ts'
import type { ApiPorts } from '../ports.ts'
import { TailError } from './tail-port.ts'
import { tailLines } from './tail-lines.ts'

/** Each tail reads from the brokers by itself. */
const TAILS_MAX = 10
/** A tail that was left is closed within a moment. */
const WAIT_MS = 1_000
const LAST_MAX = 200
const SECONDS_MAX = 600
const SECONDS_DEFAULT = 300

const query = Type.Object(
  {
    last: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: LAST_MAX,
        description: 'About how many of the newest records come first; 20 by default.',
      }),
    ),
    partition: Type.Optional(Type.Integer({ minimum: 0, maximum: 1e6 })),
    key: filter('Only records with this key.'),
    contains: filter('Only records whose value, as JSON, contains this text.'),
    seconds: Type.Optional(
      Type.Integer({ minimum: 1, maximum: SECONDS_MAX, description: 'When the tail ends; 300 by default.' }),
    ),
  },
  { additionalProperties: false },
)

/** Routes that list the topics and show the records of one as they arrive. */
export function topicTailRoutes(server: Server, ports: ApiPorts): void {
  const { topics } = ports
  server.get(
    '/topics',
    {
      config: { access: 'operate' },
      schema: {
        tags: ['operations'],
        summary: 'The topics of the platform',
        response: {
          200: Type.Object({
            items: Type.Array(Type.Object({ topic: Type.String(), role: Type.String(), producer: Type.String() })),
          }),
        },
      },
    },
    () => ({ items: topics.map(({ name, role, producer }) => ({ topic: name, role, producer })) }),
  )
  tailRoute(server, ports)
}

function tailRoute(server: Server, { topics, addressOf, registry, tail }: ApiPorts): void {
  const slots = createSlots(TAILS_MAX, WAIT_MS)
  const ending = new AbortController()
  // Runs before the server waits for open connections: tails would keep it waiting.
  server.addHook('preClose', (done) => {
    ending.abort()
    done()
  })
  server.get(
    '/topics/:topic/tail',
    {
      exposeHeadRoute: false,
      config: { access: 'operate' },
      schema: {
        tags: ['operations'],
        summary: 'Records of a topic as they arrive, as JSON Lines',
        description:
          'At most 50 records a second are sent; `{"skipped": n}` counts the others. Keys and values are left out for those without the right `read-customers` on all customers, and masked for those whose roles say so. It reads committed records only, without a consumer group.',
        params: Type.Object({ topic: Name }),
        querystring: query,
        response: {
          200: { description: 'One record per line.', content: { 'application/x-ndjson': { schema: Type.String() } } },
          ...problems('invalid-request', 'not-found', 'unavailable'),
        },
      },
    },
    async ({ params, query: { last = 20, partition, key, contains, seconds = SECONDS_DEFAULT }, principal }, reply) => {
      const topic = topics.find(({ name }) => name === params.topic)
      if (topic === undefined)
        throw new ProblemError(
          'not-found',
          `There is no topic ${JSON.stringify(params.topic)}: GET /topics lists them.`,
        )
      const { hidden, maskedKinds } = shownTo(principal, topic)
      if (hidden && (key !== undefined || contains !== undefined))
        throw new ProblemError(
          'invalid-request',
          'Keys and values are not shown to you, so that they can’t be searched.',
        )
      if (!(await slots.take()))
        throw new ProblemError('unavailable', `${TAILS_MAX} other tails are open. Try again later.`)
      const gone = new AbortController()
      const signal = AbortSignal.any([ending.signal, gone.signal, AbortSignal.timeout(seconds * 1_000)])
      const mask = maskOf(responseSchema(topic.schema))
      const records = tail({ address: addressOf(topic), partition, last, signal })
      const lines = tailLines(records, { topic, registry, key, contains, hidden, mask, maskedKinds })
      const started = await startBeforeResponse(lines).catch((error: unknown) => {
        slots.release()
        throw error instanceof TailError ? new ProblemError('not-found', error.message) : error
      })
      const stream = Readable.from(started, { objectMode: false, highWaterMark: 1 << 14 })
      // Without a record, the stream itself would not notice that its client is gone.
      reply.raw.once('close', () => gone.abort())
      stream.on('close', () => slots.release())
      return reply
        .type('application/x-ndjson; charset=utf-8')
        .header('cache-control', 'no-store')
        .send(stream as never)
    },
  )
}

/**
 * Raw records show every customer, so that a narrower scope shows none of them. Bytes of other records can't be masked
 * by field.
 */
function shownTo(
  principal: Principal | undefined,
  { persons }: Topic,
): { readonly hidden: boolean; readonly maskedKinds: PersonalKinds } {
  if (principal === undefined) return { hidden: false, maskedKinds: new Set() }
  const maskedKinds = principal.masked.get('read-customers') ?? new Set()
  const hidden = principal.rights.get('read-customers') !== 'all' || (persons?.by === 'bytes' && maskedKinds.size > 0)
  return { hidden, maskedKinds }
}
