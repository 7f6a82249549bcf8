/** Events of a small bank: what docs/bi.md asks about. The same for every run. */
import { random, randomInteger } from '../../models/random.ts'
import { callAttempts } from '../../schemas/calls/call-attempts.ts'
import { calls } from '../../schemas/calls/calls.ts'
import { campaignQueue } from '../../schemas/calls/campaign-queue.ts'
import { contactPermissions } from '../../schemas/calls/contact-permissions.ts'
import { contactRefusals } from '../../schemas/calls/contact-refusals.ts'
import { routingDecisions } from '../../schemas/calls/routing-decisions.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../schemas/durations.ts'
import type { Topic } from '../../schemas/topic.ts'
import { cases } from '../../schemas/visits/cases.ts'
import { shadowAssessments } from '../../schemas/visits/shadow-assessments.ts'
import { visitAssessments } from '../../schemas/visits/visit-assessments.ts'
import { validEvent } from '../schemas/valid-event.ts'
import { opportunityOf, outcomeOf, scoreOf, visitOf } from '../store/store-under-test.ts'

const START = Date.UTC(2026, 2, 2)
const next = random(7)
const pick = <T>(list: readonly T[]): T => list[randomInteger(next, list.length)]!
const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i))
const dayOf = (day: number): number => START + Math.floor(day * DAY_MS)

/** Events of the topic with these fields, and any values in all others. */
function eventsOf<T>(topic: Topic<T>, fields: readonly Partial<T>[]): T[] {
  const base = validEvent(topic as Topic, 1, fields[0] as Readonly<Record<string, unknown>>)
  return fields.map((one, index) => ({ ...base, ...one, id: `${topic.name}-${index}` }) as unknown as T)
}

export const opportunities = times(60, (index) =>
  opportunityOf(`o${index}`, {
    customerId: `c${index % 40}`,
    salespersonId: `p${index % 5}`,
    teamId: `t${index % 2}`,
    status: (['open', 'won', 'lost'] as const)[index % 3]!,
    valueMinor: 100_000 + index * 12_345,
    occurredAt: dayOf(0),
  }),
)

export const visits = opportunities.flatMap((opportunity, index) =>
  times(index % 4, (number) => {
    const { opportunityId, customerId, salespersonId } = opportunity
    const visitId = `v${index}-${number}`
    const occurredAt = dayOf(1 + randomInteger(next, 40))
    const withdrawn = index === 7 && number === 0
    return visitOf(index, { id: visitId, visitId, opportunityId, customerId, salespersonId, occurredAt, withdrawn })
  }),
)

export const conversionScores = opportunities.flatMap(({ opportunityId, customerId, salespersonId }, index) =>
  times(2, (number) =>
    scoreOf(0, {
      id: `s${index}-${number}`,
      subjectId: opportunityId,
      opportunityId,
      customerId,
      salespersonId,
      probability: Math.round(next() * 1000) / 1000,
      modelId: index < 30 ? 'm1' : 'm2',
      occurredAt: dayOf(1 + number * 7 + (index % 5)),
    }),
  ),
)

export const conversions = opportunities
  .filter(({ status }) => status !== 'open')
  .map(({ opportunityId, customerId, status }, index) =>
    outcomeOf(`outcome-${opportunityId}`, {
      subjectId: opportunityId,
      customerId,
      value: status === 'won' ? 1 : 0,
      asOf: dayOf(7 + (index % 10)),
      occurredAt: dayOf(20 + randomInteger(next, 28)),
      source: index % 4 === 0 ? 'branch' : 'crm',
    }),
  )

export const assessments = eventsOf(
  visitAssessments,
  visits
    .filter((_, index) => index % 3 === 0)
    .map(({ visitId, customerId, opportunityId, salespersonId, occurredAt }, index) => ({
      ...{ visitId, customerId, opportunityId, salespersonId, occurredAt, visitedAt: occurredAt, withdrawn: false },
      verdict: pick(['fine', 'invalid', 'suspected_false'] as const),
      evidence: times(1 + (index % 3), (number) => ({
        kind: ['same-text', 'far-away', 'too-fast'][(index + number) % 3]!,
        score: next(),
        text: 'Why.',
        with: null,
      })),
    })),
)

export const reviews = eventsOf(
  cases,
  assessments.map(({ visitId, customerId, opportunityId, salespersonId, visitedAt }, index) => {
    const isDecided = index % 4 !== 0
    return {
      ...{ visitId, customerId, opportunityId, salespersonId, visitedAt, openedAt: visitedAt, alertedAt: null },
      ...{ status: isDecided ? 'decided' : 'open', occurredAt: visitedAt, reviewer: `r${index % 3}` },
      decision: isDecided ? pick(['confirmed', 'harmless', 'dismissed']) : null,
      claim: 'false',
      decidedBy: isDecided ? `r${index % 3}` : null,
      decidedAt: isDecided ? visitedAt + (1 + randomInteger(next, 72)) * HOUR_MS : null,
    }
  }),
)

export const madeCalls = eventsOf(
  calls,
  times(120, (index) => {
    const answered = next() < 0.6
    return {
      ...{ callId: `k${index}`, customerId: `k-c${index}`, agentId: `a${index % 3}`, answered },
      direction: index % 6 === 5 ? 'inbound' : 'outbound',
      durationS: answered ? 30 + randomInteger(next, 300) : 0,
      script: index % 7 === 0 ? null : `script-${index % 2}`,
      scriptVersion: index % 7 === 0 ? null : 1 + (index % 3 === 0 ? 1 : 0),
      occurredAt: dayOf(index % 20) + randomInteger(next, 12) * HOUR_MS + 8 * HOUR_MS,
    }
  }),
)

/** Of every answered call but some, whose outcome is not known yet. */
export const callConversions = madeCalls
  .filter(({ answered }, index) => answered && index % 5 !== 0)
  .map(({ callId, customerId, occurredAt }) =>
    outcomeOf(`outcome-${callId}`, {
      ...{ task: 'call-conversion', subjectId: callId, customerId, value: Number(next() < 0.3) },
      ...{ asOf: occurredAt, occurredAt: occurredAt + MINUTE_MS },
    }),
  )

export const queue = eventsOf(
  campaignQueue,
  times(50, (index) => {
    const attempts = randomInteger(next, 4)
    const state = attempts === 0 ? 'waiting' : pick(['waiting', 'done', 'removed'])
    return { campaign: `campaign-${index % 2}`, customerId: `c${index}`, attempts, state, occurredAt: dayOf(9) }
  }),
)

export const attempts = eventsOf(
  callAttempts,
  times(80, (index) => ({
    ...{
      campaign: `campaign-${index % 2}`,
      customerId: `c${index % 50}`,
      attemptId: `t${index}`,
      occurredAt: dayOf(9),
    },
    step: index % 4 === 0 ? 'dispatched' : 'completed',
    disposition: index % 4 === 0 ? null : pick(['sold', 'refused', 'no-answer']),
  })),
)

export const refusals = eventsOf(
  contactRefusals,
  times(40, (index) => ({
    ...{ campaign: `campaign-${index % 2}`, customerId: `c${index}`, occurredAt: dayOf(index % 9) },
    rule: pick(['hours', 'attempts', 'consent']),
  })),
)

export const permissions = eventsOf(
  contactPermissions,
  times(60, (index) => ({
    ...{ customerId: `c${index % 25}`, channel: pick(['call', null]), occurredAt: dayOf(index / 3) },
    ...{ purpose: null, expiresAt: null, kind: pick(['consent-given', 'consent-withdrawn'] as const) },
  })) as never,
)

export const routing = eventsOf(
  routingDecisions,
  times(70, (index) => ({
    ...{ desk: `desk-${index % 2}`, requestId: `q${index}`, callId: `k${index}`, customerId: `c${index % 40}` },
    ...{ state: pick(['accepted', 'accepted', 'timeout', 'given-up']), occurredAt: dayOf(3 + index / 24) },
    waitedMs: randomInteger(next, 60_000),
  })),
)

export const shadows = eventsOf(
  shadowAssessments,
  times(40, (index) => ({
    ...{ candidate: 'stricter', subjectId: `v${index}`, customerId: `c${index}`, occurredAt: dayOf(index) },
    verdict: pick(['fine', 'invalid', 'suspected_false'] as const),
    inForce: pick(['fine', 'invalid'] as const),
  })),
)
