import { randomUUID } from 'node:crypto'
import { Type, type Static } from 'typebox'
import { CALL_MS_MAX } from '../../features/calls/lists/entry-progress.ts'
import { hourWeight } from '../../features/calls/lists/hour-weight.ts'
import { callAttempts, type CallAttempt } from '../../schemas/calls/call-attempts.ts'
import { campaigns } from '../../schemas/calls/campaigns.ts'
import { contactRules } from '../../schemas/calls/contact-rules.ts'
import { dispositions } from '../../schemas/calls/dispositions.ts'
import { MINUTE_MS } from '../../schemas/durations.ts'
import type { Topic } from '../../schemas/topic.ts'
import {
  deferCustomers,
  dueCustomers,
  withDispatchLock,
  recordDispatched,
  type DueCustomer,
} from '../../store/calls/dispatched-calls.ts'
import type { Reader } from '../../store/database.ts'
import { ProblemError, problems } from '../http/problem.ts'
import { personal } from '../http/personal.ts'
import { Name, nullable } from '../http/schema-parts.ts'
import type { Server } from '../http/server.ts'
import type { ApiPorts } from '../ports.ts'
import { currentTime } from '../current-time.ts'
import { settingOn } from '../versioned-settings.ts'
import { activeCampaign, contactState, activeContactRules } from './contact-state.ts'
import { decideCustomers, recordRefusals, type DecidedCustomer } from './decide-customers.ts'
import { lawAnswer, lawFields } from './law-answer.ts'
import { paceOf } from './pace.ts'
import { publishAll } from './publish-all.ts'

const CALLS_MAX = 200
/** Candidates examined per requested call: some are refused, and others have a better hour later in the day. */
const CANDIDATES_PER_CALL = 5
/** How long a refused customer is put off if the refusal has no known end. */
const DEFERRED_MS = 15 * MINUTE_MS

const Dispatched = Type.Object({
  campaign: Type.String(),
  at: Type.String({ format: 'date-time' }),
  ...lawFields,
  items: Type.Array(
    Type.Object({
      attemptId: Type.String({
        description: 'Id of this call: use it to report the outcome, and as the callId of the call.',
      }),
      customerId: Type.String(),
      phone: personal('contact', nullable(Type.String(), 'Telephone number from the list.')),
      attempts: Type.Integer({ description: 'Earlier calls for this campaign.' }),
      lastDisposition: nullable(Type.String()),
      probability: nullable(Type.Number(), 'Probability that the call converts.'),
      expectedValue: Type.Number(),
      interest: nullable(
        Type.Number(),
        'Probability that the customer wants the product; null if unknown, or if the campaign is not sorted by it.',
      ),
      hourWeight: Type.Number({
        description: 'How much likelier the customer is to answer in this hour than on average.',
      }),
    }),
    { description: 'Customers to dial now, in the order of the campaign.' },
  ),
  pacing: Type.Union(
    [
      Type.Object({
        mode: Type.String(),
        count: Type.Integer({ description: 'Number of calls that the agents can take.' }),
        level: Type.Number({ description: 'Calls per waiting agent.' }),
        abandonShare: nullable(
          Type.Number(),
          'Share of abandoned calls among those that a person answered in 30 days; null with progressive pacing, which abandons no calls.',
        ),
      }),
      Type.Null(),
    ],
    { description: 'How many calls the agents can take; null if the request gave a count.' },
  ),
  refused: Type.Array(Type.Object({ rule: Type.String(), customers: Type.Integer() }), {
    description:
      'Customers who were due but may not be called now, by rule. Every refusal is recorded (/contact-refusals).',
  }),
})
type Item = Static<typeof Dispatched>['items'][number]

const Body = Type.Object(
  {
    count: Type.Optional(
      Type.Integer({ minimum: 1, maximum: CALLS_MAX, description: 'Number of calls that can be made now.' }),
    ),
    agents: Type.Optional(
      Type.Object(
        {
          waiting: Type.Integer({ minimum: 0, maximum: 10_000, description: 'Agents who are free to take a call.' }),
          talking: Type.Integer({
            minimum: 0,
            maximum: 10_000,
            description: 'Agents in a call or in wrap-up.',
          }),
          ringing: Type.Integer({
            minimum: 0,
            maximum: 100_000,
            description: 'Calls being dialled and not answered yet.',
          }),
        },
        {
          additionalProperties: false,
          description: 'Send this instead of count to let the campaign’s pacing decide how many calls to make.',
        },
      ),
    ),
  },
  { additionalProperties: false },
)

/** Route that hands the next customers of a campaign’s list to a call system (spec C1). */
export function dispatchRoute(server: Server, ports: ApiPorts): void {
  // Dispatches are serialised here, so that a waiting request doesn't hold a database connection.
  let before: Promise<unknown> = Promise.resolve()
  server.post(
    '/campaigns/:name/dispatch',
    {
      config: { access: 'dispatch-calls' },
      schema: {
        tags: ['calls'],
        summary: `Take up to ${CALLS_MAX} customers from a campaign’s list who are next and may be called now; each is handed out once`,
        params: Type.Object({ name: Name }),
        body: Body,
        response: {
          200: Dispatched,
          ...problems('invalid-request', 'forbidden-origin', 'not-found', 'incomplete', 'unavailable'),
        },
      },
    },
    ({ params: { name }, body }) => {
      if ((body.count === undefined) === (body.agents === undefined))
        throw new ProblemError(
          'incomplete',
          'Send either `count`, the number of calls that can be made, or `agents`, the agents who could take them.',
        )
      const own = before.then(() =>
        withDispatchLock(ports.database, (transaction) => dispatch(transaction, ports, name, body)),
      )
      before = own.catch(() => {})
      return own
    },
  )
}

async function dispatch(
  database: Reader,
  ports: ApiPorts,
  name: string,
  { count: requestedCount, agents }: Static<typeof Body>,
): Promise<Static<typeof Dispatched>> {
  const { settings } = ports
  const inside = { ...ports, database }
  const now = currentTime(ports)
  const campaign = await activeCampaign(database, settingOn(settings, campaigns), name)
  const { purpose, channel, jurisdiction } = campaign.value
  const law = await activeContactRules(database, settingOn(settings, contactRules), jurisdiction)
  const pace = agents && (await paceOf(database, campaign, law, settingOn(settings, dispositions), agents, now))
  const count = Math.min(pace?.count ?? requestedCount!, CALLS_MAX)
  const due = await dueCustomers(database, {
    ...{
      campaign: name,
      now: new Date(now),
      lostBefore: new Date(now - CALL_MS_MAX),
      limit: count * CANDIDATES_PER_CALL,
    },
  })
  const weighed = byWeight(due, now)
  const ids = weighed.map(({ customerId }) => customerId)
  const { knownAgeMs, customers } = await contactState(inside, ids)
  const question = { purpose, channel, jurisdiction, law, campaign, now, knownAgeMs }
  const decided = await decideCustomers(question, ids, customers, isEnoughFor(count))
  const calls = callsOf(decided, name, now)
  await recordDispatched(database, calls)
  await deferCustomers(database, name, deferralsOf(decided, now))
  // Inside the transaction, so that the dispatch rolls back if the calls can't be recorded.
  await recordRefusals(ports, decided, campaign, now)
  await publishAll(ports, callAttempts as Topic, calls, 'Nobody may be called now, because calls can’t be recorded')
  return {
    ...{ campaign: name, at: new Date(now).toISOString() },
    ...lawAnswer(law, campaign.value),
    pacing: pace === undefined ? null : { mode: campaign.value.pacing, ...pace },
    items: itemsOf(calls, weighed),
    refused: refusedOf(decided),
  }
}

/** Rules that refuse every customer alike: one refusal is enough to stop, and no customer is deferred because of them. */
const GLOBAL_RULES: ReadonlySet<string> = new Set(['rules', 'state', 'campaign'])

/** Stops after `count` permitted calls, or as soon as a rule refuses everybody. */
function isEnoughFor(count: number): (decided: readonly DecidedCustomer[]) => boolean {
  let permitted = 0
  return (decided) => {
    const last = decided.at(-1)
    if (last === undefined) return false
    const { refusal } = last.decision
    if (refusal === undefined) permitted++
    return permitted >= count || (refusal !== undefined && GLOBAL_RULES.has(refusal.rule))
  }
}

interface WeighedCustomer extends DueCustomer {
  readonly hourWeight: number
}

/** Sorts the head of the list by order value times the weight of the current hour, highest first. */
function byWeight(due: readonly DueCustomer[], now: number): readonly WeighedCustomer[] {
  const weighed = due.map((one) => ({ ...one, hourWeight: hourWeight(one.answerRates, one.timeZone, now) }))
  return weighed.sort((one, other) => other.orderValue * other.hourWeight - one.orderValue * one.hourWeight)
}

function callsOf(decided: readonly DecidedCustomer[], campaign: string, now: number): CallAttempt[] {
  return decided.flatMap(({ customerId, decision }) => {
    if (decision.refusal !== undefined) return []
    const attemptId = randomUUID()
    return [
      {
        ...{ id: `${attemptId}/dispatched`, occurredAt: now, source: 'scoreline/api' },
        ...{ customerId, campaign, attemptId, step: 'dispatched' as const },
        ...{ disposition: null, callbackAt: null, agentId: null },
      },
    ]
  })
}

function deferralsOf(decided: readonly DecidedCustomer[], now: number): ReadonlyMap<string, Date> {
  return new Map(
    decided.flatMap(({ customerId, decision: { refusal } }) =>
      refusal === undefined || GLOBAL_RULES.has(refusal.rule)
        ? []
        : [[customerId, new Date(refusal.until ?? now + DEFERRED_MS)]],
    ),
  )
}

function itemsOf(calls: readonly CallAttempt[], weighed: readonly WeighedCustomer[]): Item[] {
  const known = new Map(weighed.map((one) => [one.customerId, one]))
  return calls.map(({ attemptId, customerId }) => {
    const { phone, attempts, lastDisposition, probability, expectedValue, interest, ...one } = known.get(customerId)!
    const worth = { probability, expectedValue, interest, hourWeight: one.hourWeight }
    return { attemptId, customerId, phone, attempts, lastDisposition, ...worth }
  })
}

function refusedOf(decided: readonly DecidedCustomer[]): { rule: string; customers: number }[] {
  const byRule = Map.groupBy(
    decided.flatMap(({ decision: { refusal } }) => (refusal === undefined ? [] : [refusal.rule])),
    (rule) => rule,
  )
  return [...byRule].map(([rule, all]) => ({ rule, customers: all.length }))
}
