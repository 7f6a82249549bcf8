import { Type, type TSchema } from 'typebox'
import type { Registry } from '../../schemas/release/registry.ts'
import type { Envelope } from '../../schemas/avro/schema.ts'
import type { Topic } from '../../schemas/topic.ts'
import { checkedEvent } from './checked-event.ts'
import { eventSchema } from './event-schema.ts'
import { openTopicsOf } from './open-topics.ts'
import { publishProblem } from './publish-problem.ts'
import type { ApiPorts } from '../ports.ts'
import { ProblemError, problems, type ProblemPart } from '../http/problem.ts'
import type { Server } from '../http/server.ts'

export const EVENTS_MAX = 1_000
/** Room for a few large events or many small ones. JSON is longer than Avro, so even the largest event fits. */
const BODY_BYTES_MAX = 8 << 20
/** Caps the number of reported problems: a list of thousands is of no use to a client. */
const PROBLEMS_MAX = 100

const Accepted = Type.Object({
  topic: Type.String(),
  accepted: Type.Integer(),
  positions: Type.Array(Type.Object({ partition: Type.Integer(), offset: Type.Integer() }), {
    description: 'Where each event was written, in request order.',
  }),
})

/** Routes that accept events by HTTP: one path per topic, so that OpenAPI documents each schema (spec P8). */
export function eventsRoutes(server: Server, { registry, publish, topics }: ApiPorts): void {
  const openTopics = openTopicsOf(topics)
  for (const topic of openTopics) {
    const event = eventSchema(topic.schema)
    server.post(
      `/events/${topic.name}`,
      {
        bodyLimit: BODY_BYTES_MAX,
        config: { access: 'write-events' },
        schema: {
          tags: ['events'],
          summary: `${topic.schema.doc ?? topic.name}`,
          description: `One event or an array of at most ${EVENTS_MAX}. All are accepted or none; an invalid event is reported with its index and path.`,
          body: Type.Unsafe<unknown>({
            anyOf: [event, { type: 'array', items: event, minItems: 1, maxItems: EVENTS_MAX }],
          } as TSchema),
          response: {
            202: Accepted,
            ...problems('invalid-events', 'forbidden-origin', 'too-large', 'unsupported-type', 'unavailable'),
          },
        },
        // The topic's schema validates: it reports every problem and accepts exactly what the processors accept.
        validatorCompiler: () => () => true,
      },
      async ({ body }, reply) => {
        const events = checkedEvents(topic, body, registry, Date.now())
        const positions = await publish(topic, events).catch((error: unknown) => {
          throw publishProblem(error as Error)
        })
        return reply.code(202).send({ topic: topic.name, accepted: events.length, positions: [...positions] })
      },
    )
  }
  server.post(
    '/events/:topic',
    { config: { access: 'write-events' }, schema: { hide: true, params: Type.Object({ topic: Type.String() }) } },
    ({ params }) => {
      const names = openTopics.map(({ name }) => name).join(', ')
      throw new ProblemError(
        'not-found',
        `${JSON.stringify(params.topic)} is not a topic that accepts events. Topics: ${names}.`,
      )
    },
  )
}

/** Validates one event or an array of events. Throws a problem that lists every error found. */
function checkedEvents(topic: Topic, body: unknown, registry: Registry, now: number): Envelope[] {
  const list: readonly unknown[] = Array.isArray(body) ? body : [body]
  if (list.length === 0) throw new ProblemError('invalid-events', 'The request contains no event.')
  if (list.length > EVENTS_MAX) {
    throw new ProblemError(
      'invalid-events',
      `The request has ${list.length} events; at most ${EVENTS_MAX} are accepted.`,
    )
  }
  const checked = list.map((json) => checkedEvent(topic, json, registry, now))
  const parts: ProblemPart[] = checked.flatMap(({ problems = [] }, index) =>
    problems.map((problem) => ({ index, ...problem })),
  )
  if (parts.length === 0) return checked.map(({ event }) => event!)
  const bad = new Set(parts.map(({ index }) => index)).size
  const more = parts.length > PROBLEMS_MAX ? ` The first ${PROBLEMS_MAX} of ${parts.length} problems are listed.` : ''
  const detail = `${bad} of ${list.length} events are invalid; none was accepted.${more}`
  const tooLarge = parts.some(({ code }) => code === 'TOO_LARGE')
  throw new ProblemError(tooLarge ? 'too-large' : 'invalid-events', detail, parts.slice(0, PROBLEMS_MAX))
}
