import type { CreditLine, Transaction } from '../../schemas/customers/banking.ts'
import type { Call } from '../../schemas/calls/calls.ts'
import type { Outcome } from '../../schemas/models/outcomes.ts'
import { GRACE_MS } from '../../schemas/topic.ts'
import type { Opportunity, Visit } from '../../schemas/visits/visits.ts'
import { mustBeValid } from '../importers/valid-event.ts'
import { DAY_MS, days, eventsOf, share, worldOf } from './simulated.ts'

const arrivals = days(worldOf({ customers: 300 }), 0, 90)

describe('the stream', () => {
  it('is valid, labelled as simulated, and in order of arrival', () => {
    let latest = -Infinity
    for (const { topic, event, arrivesAt } of arrivals) {
      mustBeValid(topic, event)
      if (event.source !== 'simulator') throw new Error(`${event.id} comes from ${event.source}.`)
      if (arrivesAt < latest) throw new Error(`${event.id} arrives out of turn.`)
      if (!Number.isInteger(arrivesAt) || arrivesAt < event.occurredAt)
        throw new Error(`${event.id} arrives before it happens.`)
      latest = arrivesAt
    }
    expect(new Set(arrivals.map(({ topic }) => topic))).toEqual(
      new Set(
        'profiles organisations contacts assets transactions credit-lines purchases interactions calls turns opportunities customer-places visits outcomes'.split(
          ' ',
        ),
      ),
    )
  })

  it('has an id for each event, and the same event again if the id is repeated', () => {
    const byId = new Map<string, string>()
    let again = 0
    for (const { topic, event } of arrivals) {
      const [id, json] = [`${topic} ${event.id}`, JSON.stringify(event)]
      if (byId.has(id)) again++
      expect(byId.get(id) ?? json).toBe(json)
      byId.set(id, json)
    }
    expect(again / arrivals.length).toBeGreaterThan(0.004)
    expect(again / arrivals.length).toBeLessThan(0.012)
  })

  it('brings a few per cent late, all of them within the grace', () => {
    const late = arrivals.filter(
      ({ topic, event, arrivesAt }) => topic !== 'visits' && arrivesAt - event.occurredAt > 60_000,
    )
    expect(late.length / arrivals.length).toBeGreaterThan(0.02)
    expect(late.length / arrivals.length).toBeLessThan(0.06)
    expect(Math.max(...arrivals.map(({ event, arrivesAt }) => arrivesAt - event.occurredAt))).toBeLessThan(GRACE_MS)
  })
})

describe('money', () => {
  it('adds up: each balance is the previous one plus the amount, and no purchase overdraws', () => {
    const balances = new Map<string, number>()
    for (const { accountId, amountMinor, balanceMinor, id } of eventsOf<Transaction>(arrivals, 'transactions').sort(
      byAccountSequence,
    )) {
      const before = balances.get(accountId)
      if (before !== undefined && before + amountMinor !== balanceMinor)
        throw new Error(`${id}: ${before} + ${amountMinor} is not ${balanceMinor}.`)
      balances.set(accountId, balanceMinor!)
      expect(balanceMinor).toBeGreaterThanOrEqual(0)
    }
    expect(balances.size).toBeGreaterThan(300)
  })

  it('lent appears on the account, and debts mostly respect the limits', () => {
    const lines = eventsOf<CreditLine>(arrivals, 'credit-lines')
    const drawn = lines.filter(({ kind }) => kind === 'drawdown')
    const credited = new Set(
      eventsOf<Transaction>(arrivals, 'transactions')
        .filter(({ kind }) => kind === 'loan')
        .map((each) => `${each.customerId} ${each.occurredAt} ${each.amountMinor}`),
    )
    expect(drawn.length).toBeGreaterThan(100)
    for (const { customerId, occurredAt, amountMinor } of drawn)
      expect(credited).toContain(`${customerId} ${occurredAt} ${amountMinor}`)
    const state = new Map<string, { limit: number; debt: number }>()
    const usages: number[] = []
    for (const { lineId, kind, amountMinor } of lines) {
      const line = state.get(lineId) ?? { limit: 0, debt: 0 }
      state.set(lineId, line)
      if (kind === 'limit') line.limit = amountMinor
      else line.debt += kind === 'drawdown' ? amountMinor : -amountMinor
      expect(line.debt).toBeGreaterThanOrEqual(0)
      if (kind === 'drawdown') usages.push(line.debt / line.limit)
    }
    expect(share(usages, (usage) => usage <= 1)).toBeGreaterThan(0.97)
    expect(Math.max(...usages)).toBeLessThan(1.3)
  })
})

/** Orders by time, and within a millisecond by the number at the end of the id. */
function byAccountSequence(left: Transaction, right: Transaction): number {
  const number = ({ id }: Transaction) => Number(id.slice(id.lastIndexOf('-') + 1))
  return left.occurredAt - right.occurredAt || number(left) - number(right)
}

describe('outcomes', () => {
  const outcomes = eventsOf<Outcome>(arrivals, 'outcomes')

  it('come after the events that they refer to', () => {
    for (const { asOf, occurredAt } of outcomes) expect(asOf).toBeLessThan(occurredAt)
  })

  it('of loan demand are drawdowns ÷ limit over the thirty days after asOf, recomputed from the events', () => {
    const usage = outcomes.filter(({ task }) => task === 'loan-demand')
    const lines = Map.groupBy(eventsOf<CreditLine>(arrivals, 'credit-lines'), ({ customerId }) => customerId)
    expect(usage.length).toBeGreaterThan(500)
    for (const { subjectId, asOf, value, occurredAt } of usage) {
      expect(occurredAt - asOf!).toBe(30 * DAY_MS)
      const mine = lines.get(subjectId)!
      const limit = mine.findLast((line) => line.kind === 'limit' && line.occurredAt <= asOf!)!.amountMinor
      const drawn = mine.filter(
        (line) => line.kind === 'drawdown' && line.occurredAt > asOf! && line.occurredAt <= occurredAt,
      )
      expect(value).toBeCloseTo(drawn.reduce((sum, { amountMinor }) => sum + amountMinor, 0) / limit, 12)
    }
  })

  it('of calls look from before the call', () => {
    const calls = new Map(eventsOf<Call>(arrivals, 'calls').map((call) => [call.callId, call]))
    const converted = outcomes.filter(({ task }) => task === 'call-conversion')
    for (const { id, asOf, occurredAt, value } of converted) {
      const call = calls.get(id.replace('sim-call-conversion-', ''))
      if (call === undefined) continue
      expect(asOf! + call.durationS * 1_000).toBeLessThan(call.occurredAt)
      expect(occurredAt).toBeGreaterThanOrEqual(call.occurredAt)
      if (!call.answered) expect(value).toBe(0)
    }
  })
})

describe('sales', () => {
  const deals = Map.groupBy(eventsOf<Opportunity>(arrivals, 'opportunities'), ({ opportunityId }) => opportunityId)
  const visits = eventsOf<Visit>(arrivals, 'visits')

  it('number the revisions of an opportunity, close it once and agree with the outcome', () => {
    const outcomes = new Map(eventsOf<Outcome>(arrivals, 'outcomes').map((outcome) => [outcome.subjectId, outcome]))
    let closed = 0
    for (const [id, told] of deals) {
      const sequence = [...told].sort((left, right) => left.revision - right.revision)
      // The latest revisions may not have arrived yet.
      expect(sequence.map(({ revision }) => revision)).toEqual(
        [...sequence.keys()].map((i) => i + sequence[0]!.revision),
      )
      expect(share(sequence.slice(0, -1), ({ status }) => status === 'open') || 1).toBe(1)
      const last = sequence.at(-1)!
      if (last.status === 'open') continue
      closed++
      const outcome = outcomes.get(id)
      if (outcome !== undefined)
        expect([outcome.value, outcome.asOf]).toEqual([last.status === 'won' ? 1 : 0, last.occurredAt - 1])
    }
    expect(closed).toBeGreaterThan(150)
  })

  it('report visits while the opportunity is open, correct some, and withdraw a few', () => {
    for (const { opportunityId, occurredAt, checkInAt, checkOutAt } of visits) {
      const told = deals.get(opportunityId)!
      expect(occurredAt).toBeGreaterThan(told[0]!.occurredAt - (told[0]!.revision === 0 ? 0 : Infinity))
      const closing = told.find(({ status }) => status !== 'open')
      if (closing !== undefined) expect(occurredAt).toBeLessThan(closing.occurredAt)
      if (checkInAt !== null) expect(checkOutAt).toBeGreaterThan(checkInAt)
    }
    expect(share(visits, ({ revision }) => revision > 0)).toBeGreaterThan(0.02)
    expect(share(visits, ({ withdrawn }) => withdrawn)).toBeGreaterThan(0)
    const corrected = visits.filter(({ revision }) => revision === 1)
    for (const { visitId, occurredAt } of corrected) {
      const first = visits.find((visit) => visit.visitId === visitId && visit.revision === 0)
      if (first !== undefined) expect(first.occurredAt).toBe(occurredAt)
    }
  })
})
