import { Type, type Static } from 'typebox'
import { listChanges, rankByProbability, type ListChange } from '../../features/visits/list-changes.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import type { PriorityEntry } from '../../schemas/visits/priorities.ts'
import { opportunityBriefs } from '../../store/customers/names.ts'
import { formerProbabilities, recentOpportunities } from '../../store/visits/former-probabilities.ts'
import { listPriorities } from '../../store/visits/priorities.ts'
import { currentTime } from '../current-time.ts'
import { ProblemError, problems } from '../http/problem.ts'
import { CustomerName } from '../http/personal.ts'
import { Name, nullable, Time } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { RouteContext } from '../routes.ts'
import { activePlanning } from './active-planning.ts'

const CHANGES_MAX = 200

const Change = Type.Object({
  change: Type.Enum(['new', 'gone', 'up', 'down'], {
    description: '`up` and `down`: by probability or, if that is the same, by rank.',
  }),
  opportunityId: Type.String(),
  customerId: Type.String(),
  customerName: CustomerName,
  product: nullable(Type.String()),
  status: nullable(Type.String(), 'Status of the opportunity; null if the CRM has not reported one.'),
  probability: nullable(Type.Number(), 'null if it is gone.'),
  probabilityBefore: nullable(Type.Number(), 'null if it is new.'),
  rank: nullable(Type.Integer(), 'Rank by probability; null if it is gone or not among the hundred best.'),
  rankBefore: nullable(Type.Integer(), 'null if it is new.'),
})

const Changes = Type.Object({
  salespersonId: Type.String(),
  since: Time,
  items: Type.Array(Change, {
    description: `New ones, then those that are gone, then the largest moves; at most ${CHANGES_MAX}.`,
  }),
  changed: Type.Integer({ description: 'All changes; there may be fewer items.' }),
  unchanged: Type.Integer({ description: 'Listed opportunities with the same probability and rank as then.' }),
})

/** Route for what changed on a salesperson's list since yesterday (spec V4). */
export function listChangesRoute(server: Server, ports: RouteContext): void {
  server.get(
    '/salespeople/:id/list-changes',
    {
      config: { access: 'read-sales', own: { params: { id: 'salesperson' } } },
      schema: {
        tags: ['sales'],
        summary: 'What is new on a salesperson’s list, what is gone, and whose probability or rank moved',
        description:
          'The earlier list is worked out from the scores of that time. An opportunity that was given to another salesperson leaves without being named.',
        params: Type.Object({ id: Name }),
        querystring: Type.Object(
          {
            since: Type.Optional(
              Type.String({ format: 'date-time', description: 'Event time to compare with; default: a day ago.' }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: Changes, ...problems('invalid-request', 'not-found') },
      },
    },
    ({ params: { id }, query: { since } }) =>
      changesOf(ports, id, new Date(since === undefined ? currentTime(ports) - DAY_MS : since)),
  )
}

async function changesOf(ports: RouteContext, salespersonId: string, since: Date): Promise<Static<typeof Changes>> {
  const { database } = ports
  const [list] = await listPriorities(database, { scope: 'salesperson', owner: salespersonId }, 1)
  if (list === undefined)
    throw new ProblemError('not-found', `There is no priority list for the salesperson ${salespersonId}.`)
  const { customers, statuses, before } = await formerList(ports, salespersonId, list.entries, since)
  const listed = new Set(list.entries.map(({ opportunityId }) => opportunityId))
  const isOpen = (id: string) => listed.has(id) || statuses.get(id) === 'open'
  const all = listChanges(before, list.entries, isOpen)
  const items = all.slice(0, CHANGES_MAX)
  const briefs = await opportunityBriefs(
    database,
    items.map(({ opportunityId }) => opportunityId),
  )
  const ofNow = all.filter(({ change }) => change !== 'gone').length
  return {
    salespersonId,
    since: since.toISOString(),
    items: items.map((one: ListChange) => ({
      ...one,
      customerId: customers.get(one.opportunityId)!,
      customerName: briefs.get(one.opportunityId)?.customerName ?? null,
      product: briefs.get(one.opportunityId)?.product ?? null,
      status: statuses.get(one.opportunityId) ?? null,
    })),
    changed: all.length,
    unchanged: list.entries.length - ofNow,
  }
}

/** Returns the list as it was at that time, with the customer and, if known, the status of each opportunity. */
async function formerList(ports: RouteContext, salespersonId: string, entries: readonly PriorityEntry[], at: Date) {
  const { database } = ports
  const recent = await recentOpportunities(database, salespersonId, at)
  const customers = new Map([...recent, ...entries].map((one) => [one.opportunityId, one.customerId]))
  const asked = [...customers].map(([opportunityId, customerId]) => ({ opportunityId, customerId }))
  const scored = await formerProbabilities(database, asked, at)
  const { probabilityIfUnvisited } = await activePlanning(ports)
  // What was on record then, but not scored, had not been visited: the list assumed its probability.
  const known = recent.filter(({ occurredAt, opportunityId }) => occurredAt <= at && !scored.has(opportunityId))
  const unvisited = known.map(({ opportunityId }) => ({ opportunityId, probability: probabilityIfUnvisited }))
  const former = [...scored].flatMap(([opportunityId, probability]) =>
    probability === null ? [] : [{ opportunityId, probability }],
  )
  return {
    customers,
    statuses: new Map(recent.map(({ opportunityId, status }) => [opportunityId, status])),
    before: rankByProbability([...former, ...unvisited]),
  }
}
