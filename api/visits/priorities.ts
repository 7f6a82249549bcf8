import { Type } from 'typebox'
import { listPriorities, priorityOwners } from '../../store/visits/priorities.ts'
import { opportunityBriefs } from '../../store/customers/names.ts'
import { whyOpportunity } from './opportunity-reasons.ts'
import type { RouteContext } from '../routes.ts'
import { ProblemError, problems } from '../http/problem.ts'
import { filter, nullable, Time } from '../http/schema-parts.ts'
import { Why } from '../models/score-reasons.ts'
import type { Server } from '../http/server.ts'

/** Entries of a list that get reasons in one request. */
const REASONED = 10

const Query = Type.Object(
  {
    scope: Type.Optional(Type.Enum(['overall', 'team', 'salesperson'], { default: 'overall' })),
    owner: filter('The team or the salesperson; not given for overall.'),
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

const Entry = Type.Object({
  place: Type.Integer({ description: 'From 1 on.' }),
  opportunityId: Type.String(),
  customerId: Type.String(),
  customerName: nullable(Type.String()),
  salespersonId: Type.String(),
  teamId: nullable(Type.String()),
  product: nullable(Type.String()),
  stage: nullable(Type.String()),
  valueMinor: nullable(Type.Integer()),
  currency: nullable(Type.String()),
  probability: Type.Number(),
  scoredAt: Time,
  verdict: nullable(Type.String()),
  why: Type.Optional(Why),
})

const List = Type.Object({
  scope: Type.String(),
  owner: Type.String(),
  openCount: Type.Integer({ description: 'Open scored opportunities behind the list, which may be shorter.' }),
  publishedAt: nullable(Time, 'Event time of the last event that changed it.'),
  absent: nullable(Type.String(), 'Why the list is empty.'),
  entries: Type.Array(Entry),
})

const Owners = Type.Object({
  items: Type.Array(Type.Object({ scope: Type.String(), owner: Type.String(), openCount: Type.Integer() })),
})

/** Whom to visit first (spec V4). */
export function prioritiesRoutes(server: Server, ports: RouteContext): void {
  const { database, model } = ports
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
    async ({
      query: { scope = 'overall', owner = scope === 'overall' ? 'all' : undefined, reasons = false, limit },
    }) => {
      if (owner === undefined) {
        const problem = { part: 'query', path: '/owner', problem: `It is required: the ${scope} that owns the list.` }
        throw new ProblemError('invalid-request', 'The query is invalid.', [problem])
      }
      const [list] = await listPriorities(database, { scope, owner }, 1)
      if (list === undefined) {
        if (scope !== 'overall') throw new ProblemError('not-found', `There is no list of the ${scope} ${owner}.`)
        const conversion = model('conversion')
        const absent = typeof conversion === 'string' ? conversion : 'No open opportunity has been scored yet.'
        return { scope, owner, openCount: 0, publishedAt: null, absent, entries: [] }
      }
      const shown = list.entries.slice(0, limit)
      const briefs = await opportunityBriefs(
        database,
        shown.map(({ opportunityId }) => opportunityId),
      )
      const whys = reasons ? await reasonsOf(ports, shown.slice(0, REASONED)) : []
      return {
        scope,
        owner,
        openCount: list.openCount,
        publishedAt: list.occurredAt.toISOString(),
        absent: list.entries.length === 0 ? 'No opportunity is open.' : null,
        entries: shown.map(({ opportunityId, customerId, salespersonId, probability, scoredAt }, index) => {
          const about = briefs.get(opportunityId)
          return {
            place: index + 1,
            opportunityId,
            customerId,
            customerName: about?.customerName ?? null,
            salespersonId,
            teamId: about?.teamId ?? null,
            product: about?.product ?? null,
            stage: about?.stage ?? null,
            valueMinor: about?.valueMinor ?? null,
            currency: about?.currency ?? null,
            probability,
            scoredAt: new Date(scoredAt).toISOString(),
            verdict: about?.verdict ?? null,
            ...(whys[index] === undefined ? {} : { why: whys[index] }),
          }
        }),
      }
    },
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

/** One after the other: each asks for many scores. An opportunity that the model in use has not scored has none. */
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
