import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { Type } from 'typebox'
import { EVENT_BYTES_MAX } from '../../schemas/check-event.ts'
import { ProblemError, problems } from '../http/problem.ts'
import { Name, nullable, Text, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import { NamedRow } from '../models/named-row.ts'
import type { OnlineFeatures } from '../ports.ts'
import type { RouteContext } from '../routes.ts'
import { featuresWriter, viewFields } from './online-features-json.ts'

const CUSTOMERS_MAX = 1_000
/** Customers serialised before yielding to other requests: a few milliseconds of work. */
const CUSTOMERS_AT_ONCE = 20
const JSON_TYPE = 'application/json; charset=utf-8'

const Served = {
  customerId: Type.String(),
  featureSet: Type.String({ description: 'Name and version of the feature set.' }),
  occurredAt: Type.String({
    format: 'date-time',
    description: 'Event time of the newest event that the features include.',
  }),
  features: NamedRow,
}
const Freshness = {
  asOf: nullable(Time, 'All features published up to this time are served; null if not known yet after a start.'),
  ageSeconds: nullable(Type.Integer(), 'Age of asOf in seconds.'),
  recordsBehind: nullable(Type.Integer({ description: 'Published records that are not served yet.' })),
}

const NAMES_HELP = 'Features to return; default: all. A feature that the customer’s version of the set lacks is null.'

/** Routes for the newest features of customers, served from this process without a query to PostgreSQL. */
export function onlineFeaturesRoutes(server: Server, context: RouteContext): void {
  oneRoute(server, context)
  manyRoute(server, context)
}

function oneRoute(server: Server, { onlineFeatures }: RouteContext): void {
  const all = featuresWriter(onlineFeatures)

  server.get(
    '/features/:customer',
    {
      config: { access: 'read-customers', own: { params: { customer: 'customer' } } },
      schema: {
        tags: ['online features'],
        summary: 'The newest features of a customer, answered within a millisecond or two',
        params: Type.Object({ customer: Name }),
        querystring: Type.Object(
          {
            names: Type.Optional(
              Type.String({ ...Text, minLength: 1, description: `${NAMES_HELP} Separated by commas.` }),
            ),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({ ...Served, ...Freshness }),
          ...problems('invalid-request', 'not-found', 'unavailable'),
        },
      },
    },
    ({ params: { customer }, query: { names } }, reply) => {
      const chosen = names?.split(',')
      refuseUnknown(onlineFeatures, 'query', chosen)
      const state = requireComplete(onlineFeatures)
      const features = onlineFeatures.of(customer)
      if (features === undefined)
        throw new ProblemError('not-found', `There are no features for a customer ${JSON.stringify(customer)}.`)
      const write = chosen === undefined ? all : featuresWriter(onlineFeatures, chosen)
      const text = `{${write(customer, features)},${viewFields(state)}}`
      void reply
        .type(JSON_TYPE)
        .serializer(identity)
        .send(text as never)
    },
  )
}

/** Route for the features of many customers. */
function manyRoute(server: Server, { onlineFeatures }: RouteContext): void {
  server.post(
    '/features',
    {
      bodyLimit: EVENT_BYTES_MAX,
      config: { access: 'read-customers' },
      schema: {
        tags: ['online features'],
        summary: `The newest features of up to ${CUSTOMERS_MAX} customers`,
        body: Type.Object(
          {
            customerIds: Type.Array(Name, {
              minItems: 1,
              maxItems: CUSTOMERS_MAX,
              description: 'Answered in this order; a repeated customer is answered once.',
            }),
            names: Type.Optional(Type.Array(Text, { minItems: 1, maxItems: CUSTOMERS_MAX, description: NAMES_HELP })),
          },
          { additionalProperties: false },
        ),
        response: {
          200: Type.Object({
            items: Type.Array(Type.Object(Served)),
            unknown: Type.Array(Type.String(), { description: 'Customers without features.' }),
            ...Freshness,
          }),
          ...problems('invalid-request', 'unavailable'),
        },
      },
    },
    ({ body: { customerIds, names } }, reply) => {
      refuseUnknown(onlineFeatures, 'body', names)
      requireComplete(onlineFeatures)
      const pieces = manyAsJson(onlineFeatures, [...new Set(customerIds)], names)
      void reply.type(JSON_TYPE).send(Readable.from(pieces) as never)
    },
  )
}

const identity = (text: unknown): string => text as string

function requireComplete({ state }: OnlineFeatures) {
  const now = state()
  if (now.isComplete) return now
  const left = now.behind === undefined ? '' : ` ${now.behind} records remain.`
  throw new ProblemError(
    'unavailable',
    `The features are still being loaded from their topic, which happens once after an installation. Try again later.${left}`,
  )
}

function refuseUnknown({ sets }: OnlineFeatures, part: 'query' | 'body', names: readonly string[] = []): void {
  const isKnown = (name: string) => [...sets.values()].some((own) => own.includes(name))
  const wrong = names.flatMap((name, index) =>
    isKnown(name)
      ? []
      : [
          {
            part,
            path: part === 'query' ? '/names' : `/names/${index}`,
            problem: `There is no feature ${JSON.stringify(name)}. GET /features lists them.`,
          },
        ],
  )
  if (wrong.length > 0) throw new ProblemError('invalid-request', `The ${part} is invalid.`, wrong)
}

/** Yields the answer in pieces, so that a large one neither blocks other requests nor is held in memory whole. */
async function* manyAsJson(
  onlineFeatures: OnlineFeatures,
  customerIds: readonly string[],
  names: readonly string[] | undefined,
): AsyncGenerator<string> {
  const write = featuresWriter(onlineFeatures, names)
  const unknown: string[] = []
  const state = onlineFeatures.state()
  let separator = ''
  let piece = '{"items":['
  for (const [index, customerId] of customerIds.entries()) {
    const features = onlineFeatures.of(customerId)
    if (features === undefined) unknown.push(customerId)
    else {
      piece += `${separator}{${write(customerId, features)}}`
      separator = ','
    }
    if ((index + 1) % CUSTOMERS_AT_ONCE !== 0) continue
    yield piece
    piece = ''
    await setImmediate()
  }
  yield `${piece}],"unknown":${JSON.stringify(unknown)},${viewFields(state)}}`
}
