import { Type, type Static } from 'typebox'
import type { PriorityEntry } from '../../schemas/visits/priorities.ts'
import { listPriorities, priorityOwners } from '../../store/visits/priorities.ts'
import { opportunityBriefs } from '../../store/customers/names.ts'
import { explainOpportunity } from './opportunity-reasons.ts'
import type { TaskModel } from '../ports.ts'
import type { RouteContext } from '../routes.ts'
import { ofTeamOnly, OWN_ID, OWN_TEAM, type OwnUse } from '../http/access.ts'
import { ProblemError, problems } from '../http/problem.ts'
import { currentTime } from '../current-time.ts'
import { Entry, entryJson } from './priority-entry.ts'
import { filter, nullable, Time } from '../http/schema-parts.ts'
import { Explanation } from '../models/score-reasons.ts'
import type { Server } from '../http/server.ts'

/** Entries per request that get reasons. */
const REASONED = 10

const Query = Type.Object(
  {
    scope: Type.Optional(Type.Enum(['overall', 'team', 'salesperson'], { default: 'overall' })),
    owner: filter('The team or the salesperson; omit it for overall.'),
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
        description: `Whether to explain the scores of the first ${REASONED} entries by the model in use: features, visits and words.`,
      }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000, default: 100 })),
  },
  { additionalProperties: false },
)

const ListedEntry = Type.Object({
  place: Type.Integer({ description: 'Position in the requested order, from 1.' }),
  ...Entry.properties,
  why: Type.Optional(Explanation),
})

const List = Type.Object({
  scope: Type.String(),
  owner: Type.String(),
  order: Type.Enum(['probability', 'value']),
  openCount: Type.Integer({ description: 'Open opportunities that were ranked; the list has the best hundred.' }),
  publishedAt: nullable(Time, 'Event time of the last event that changed the list.'),
  absent: nullable(Type.String(), 'Why the list is empty, or lacks opportunities that were visited.'),
  entries: Type.Array(ListedEntry),
})

const Owners = Type.Object({
  items: Type.Array(Type.Object({ scope: Type.String(), owner: Type.String(), openCount: Type.Integer() })),
})

const own: OwnUse = {
  query: { own: { scope: 'salesperson', owner: OWN_ID }, team: { scope: 'team', owner: OWN_TEAM } },
  teamAlso: { query: { scope: 'salesperson' }, ids: { owner: 'salesperson' } },
}

/** Routes for the priority lists: whom to visit first (spec V4). */
export function prioritiesRoutes(server: Server, ports: RouteContext): void {
  const { database } = ports
  server.get(
    '/priorities',
    {
      config: { access: 'read-sales', own },
      schema: {
        tags: ['sales'],
        summary: 'Whom to visit first: overall, for a team, or for a salesperson',
        querystring: Query,
        response: { 200: List, ...problems('invalid-request', 'not-found') },
      },
    },
    async ({ query }) => listOf(ports, query),
  )
  server.get(
    '/priorities/owners',
    {
      config: { access: 'read-sales', own: ofTeamOnly },
      schema: {
        tags: ['sales'],
        summary: 'Teams and salespeople that have a list',
        querystring: Type.Object(
          { teamId: filter('Only the team, and salespeople whose open opportunities are all the team’s.') },
          { additionalProperties: false },
        ),
        response: { 200: Owners, ...problems('invalid-request') },
      },
    },
    async ({ query: { teamId } }) => ({ items: await priorityOwners(database, teamId) }),
  )
}

async function listOf(ports: RouteContext, query: Static<typeof Query>): Promise<Static<typeof List>> {
  const { scope = 'overall', order = 'probability', reasons = false, limit } = query
  const owner = query.owner ?? (scope === 'overall' ? 'all' : undefined)
  if (owner === undefined) {
    const problem = {
      part: 'query',
      path: '/owner',
      problem: `It is required for this scope: the ${scope} that owns the list.`,
    }
    throw new ProblemError('invalid-request', 'The query is invalid.', [problem])
  }
  const { database, model } = ports
  const [list] = await listPriorities(database, { scope, owner }, 1)
  if (list === undefined) {
    if (scope !== 'overall') throw new ProblemError('not-found', `There is no list for the ${scope} ${owner}.`)
    const conversion = model('conversion')
    const absent = typeof conversion === 'string' ? conversion : 'No open opportunity has been scored yet.'
    return { scope, owner, order, openCount: 0, publishedAt: null, absent, entries: [] }
  }
  const shown = inOrder(list.entries, order).slice(0, limit)
  const briefs = await opportunityBriefs(
    database,
    shown.map(({ opportunityId }) => opportunityId),
  )
  const explanations = reasons ? await reasonsOf(ports, shown.slice(0, REASONED)) : []
  const now = currentTime(ports)
  return {
    scope,
    owner,
    order,
    openCount: list.openCount,
    publishedAt: list.occurredAt.toISOString(),
    absent: unscoredReason(list.entries, model('conversion')),
    entries: shown.map((entry, index) => ({
      place: index + 1,
      ...entryJson(entry, briefs.get(entry.opportunityId), now),
      ...(explanations[index] === undefined ? {} : { why: explanations[index] }),
    })),
  }
}

/**
 * Returns why a list is empty or incomplete: without a model only unvisited opportunities have a (assumed) probability.
 */
function unscoredReason(entries: readonly PriorityEntry[], conversion: TaskModel | string): string | null {
  if (entries.length === 0) return 'There are no open opportunities.'
  if (typeof conversion !== 'string' || entries.some(({ outlook }) => outlook?.probabilityAssumed !== true)) return null
  return `${conversion} Until then, only opportunities without a visit are listed.`
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
): Promise<(Explanation | undefined)[]> {
  const model = ports.model('conversion')
  if (typeof model === 'string') return []
  const explanations: (Explanation | undefined)[] = []
  for (const { opportunityId } of entries) explanations.push(await explainOpportunity(ports, model, opportunityId))
  return explanations
}
