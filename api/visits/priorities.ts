import { Type, type Static } from 'typebox'
import type { PriorityEntry } from '../../schemas/visits/priorities.ts'
import { listPriorities, priorityOwners } from '../../store/visits/priorities.ts'
import { opportunityBriefs } from '../../store/customers/names.ts'
import { whyOpportunity } from './opportunity-reasons.ts'
import type { TaskModel } from '../ports.ts'
import type { RouteContext } from '../routes.ts'
import { ProblemError, problems } from '../http/problem.ts'
import { readingTime } from '../reading-time.ts'
import { Entry, entryJson } from './priority-entry.ts'
import { filter, nullable, Time } from '../http/schema-parts.ts'
import { Why } from '../models/score-reasons.ts'
import type { Server } from '../http/server.ts'

/** Entries per request that get reasons. */
const REASONED = 10

const Query = Type.Object(
  {
    scope: Type.Optional(Type.Enum(['overall', 'team', 'salesperson'], { default: 'overall' })),
    owner: filter('The team or the salesperson; not given for overall.'),
    order: Type.Optional(
      Type.Enum(['probability', 'value'], {
        default: 'probability',
        description:
          'By the probability of success, or by the expected value of a visit: probability × value × urgency − cost.',
      }),
    ),
    reasons: Type.Optional(
      Type.Boolean({
        default: false,
        description: `Why the first ${REASONED} score as they do, by the model in use: numbers, visits and words.`,
      }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000, default: 100 })),
  },
  { additionalProperties: false },
)

const ListedEntry = Type.Object({
  place: Type.Integer({ description: 'In the order that was asked for, from 1 on.' }),
  ...Entry.properties,
  why: Type.Optional(Why),
})

const List = Type.Object({
  scope: Type.String(),
  owner: Type.String(),
  order: Type.Enum(['probability', 'value']),
  openCount: Type.Integer({ description: 'Ranked open opportunities behind the list, which has the hundred best.' }),
  publishedAt: nullable(Time, 'Event time of the last event that changed it.'),
  absent: nullable(Type.String(), 'Why the list is empty, or lacks what was visited.'),
  entries: Type.Array(ListedEntry),
})

const Owners = Type.Object({
  items: Type.Array(Type.Object({ scope: Type.String(), owner: Type.String(), openCount: Type.Integer() })),
})

/** Routes for the priority lists: whom to visit first (spec V4). */
export function prioritiesRoutes(server: Server, ports: RouteContext): void {
  const { database } = ports
  server.get(
    '/priorities',
    {
      config: { access: 'read-sales' },
      schema: {
        tags: ['sales'],
        summary: 'Whom to visit first: overall, of a team, or of a salesperson',
        querystring: Query,
        response: { 200: List, ...problems('invalid-request', 'not-found') },
      },
    },
    async ({ query }) => listOf(ports, query),
  )
  server.get(
    '/priorities/owners',
    {
      config: { access: 'read-sales' },
      schema: { tags: ['sales'], summary: 'The owners of lists', response: { 200: Owners } },
    },
    async () => ({ items: await priorityOwners(database) }),
  )
}

async function listOf(ports: RouteContext, query: Static<typeof Query>): Promise<Static<typeof List>> {
  const { scope = 'overall', order = 'probability', reasons = false, limit } = query
  const owner = query.owner ?? (scope === 'overall' ? 'all' : undefined)
  if (owner === undefined) {
    const problem = { part: 'query', path: '/owner', problem: `It is required: the ${scope} that owns the list.` }
    throw new ProblemError('invalid-request', 'The query is invalid.', [problem])
  }
  const { database, model } = ports
  const [list] = await listPriorities(database, { scope, owner }, 1)
  if (list === undefined) {
    if (scope !== 'overall') throw new ProblemError('not-found', `There is no list of the ${scope} ${owner}.`)
    const conversion = model('conversion')
    const absent = typeof conversion === 'string' ? conversion : 'No open opportunity has been scored yet.'
    return { scope, owner, order, openCount: 0, publishedAt: null, absent, entries: [] }
  }
  const shown = inOrder(list.entries, order).slice(0, limit)
  const briefs = await opportunityBriefs(
    database,
    shown.map(({ opportunityId }) => opportunityId),
  )
  const whys = reasons ? await reasonsOf(ports, shown.slice(0, REASONED)) : []
  const now = readingTime(ports)
  return {
    scope,
    owner,
    order,
    openCount: list.openCount,
    publishedAt: list.occurredAt.toISOString(),
    absent: absenceOf(list.entries, model('conversion')),
    entries: shown.map((entry, index) => ({
      place: index + 1,
      ...entryJson(entry, briefs.get(entry.opportunityId), now),
      ...(whys[index] === undefined ? {} : { why: whys[index] }),
    })),
  }
}

/**
 * Returns why a list is empty or incomplete: without a model only unvisited opportunities have a (assumed) probability.
 */
function absenceOf(entries: readonly PriorityEntry[], conversion: TaskModel | string): string | null {
  if (entries.length === 0) return 'No opportunity is open.'
  if (typeof conversion !== 'string' || entries.some(({ outlook }) => outlook?.probabilityAssumed !== true)) return null
  return `${conversion} Until then only opportunities that nobody visited yet are listed.`
}

/** Entries of an older version have no ranks: they are listed by probability, but not by value. */
function inOrder(entries: readonly PriorityEntry[], order: 'probability' | 'value'): PriorityEntry[] {
  if (order === 'value')
    return entries.filter(({ valueRank }) => valueRank !== null).sort((a, b) => a.valueRank! - b.valueRank!)
  return entries.filter(({ rank, valueRank }) => rank !== null || valueRank === null)
}

/** Explains entries one after the other, since each takes many scores. `undefined` if the model has not scored one. */
async function reasonsOf(
  ports: RouteContext,
  entries: readonly { readonly opportunityId: string }[],
): Promise<(Why | undefined)[]> {
  const model = ports.model('conversion')
  if (typeof model === 'string') return []
  const whys: (Why | undefined)[] = []
  for (const { opportunityId } of entries) whys.push(await whyOpportunity(ports, model, opportunityId))
  return whys
}
