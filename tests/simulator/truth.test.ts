import type { CreditLine, Transaction } from '../../schemas/customers/banking.ts'
import type { Call } from '../../schemas/calls/calls.ts'
import type { Interaction } from '../../schemas/customers/interactions.ts'
import type { Outcome } from '../../schemas/models/outcomes.ts'
import type { Visit } from '../../schemas/visits/visits.ts'
import { auc, logisticScores } from './auc.ts'
import { DAY_MS, days, eventsOf, share, START, worldOf } from './simulated.ts'

const world = worldOf()
const arrivals = days(world, 0, 90)
const truth = world.truth(START + 90 * DAY_MS)
const outcomes = eventsOf<Outcome>(arrivals, 'outcomes')
const of = (task: string): Outcome[] => outcomes.filter((outcome) => outcome.task === task)
const positive = ({ value }: Outcome): boolean => value > 0
const visits = eventsOf<Visit>(arrivals, 'visits').filter(({ revision }) => revision === 0)

describe('the truth', () => {
  it('has the base rates of a bank', () => {
    const within = (value: number, low: number, high: number) =>
      expect([value > low, value < high, value]).toEqual([true, true, value])
    within(share(of('conversion'), positive), 0.17, 0.3)
    within(share(of('call-conversion'), positive), 0.06, 0.14)
    within(share(of('loan-demand'), positive), 0.15, 0.35)
    within(
      share(eventsOf<Call>(arrivals, 'calls'), ({ answered }) => answered),
      0.4,
      0.75,
    )
    within(
      share([...truth.customers.values()], ({ needsLoan }) => needsLoan),
      0.08,
      0.28,
    )
    within(
      share([...truth.visits.values()], (kind) => kind === 'false'),
      0.04,
      0.15,
    )
    within(
      share([...truth.visits.values()], (kind) => kind === 'invalid'),
      0.04,
      0.18,
    )
  })

  it('covers every visit, call and opportunity in the events, and none of it is in them', () => {
    for (const { visitId } of visits) expect(truth.visits.has(visitId)).toBe(true)
    for (const { subjectId, value } of of('conversion'))
      expect(truth.opportunities.get(subjectId)?.won).toBe(value === 1)
    for (const { callId } of eventsOf<Call>(arrivals, 'calls').filter(({ direction }) => direction === 'outbound'))
      expect(truth.calls.has(callId)).toBe(true)
    expect(
      arrivals.some(({ event }) => /"(need|needsLoan|truth|chance|logit|character)"/.test(JSON.stringify(event))),
    ).toBe(false)
    expect(truth.customers.get('c-00001')!.needs).toHaveLength(90)
  })

  it('of visits that never happened shows in places, times and texts, and not in every one', () => {
    const invented = visits.filter(({ visitId }) => truth.visits.get(visitId) === 'false')
    const real = visits.filter(({ visitId }) => truth.visits.get(visitId) === 'real')
    const short = ({ checkInAt, checkOutAt }: Visit) => checkInAt === null || checkOutAt! - checkInAt < 5 * 60_000
    expect(share(invented, short)).toBeGreaterThan(0.95)
    expect(share(real, short)).toBeLessThan(0.12)
    const texts = Map.groupBy(visits, ({ text }) => text)
    const copied = ({ text }: Visit) => texts.get(text)!.length > 1
    expect(share(invented, copied)).toBeGreaterThan(0.5)
    expect(share(invented, copied)).toBeLessThan(0.98)
    expect(share(real, copied)).toBeLessThan(0.15)
    expect(new Set(invented.map(({ salespersonId }) => salespersonId)).size).toBe(5)
  })

  it('of need precedes the drawdowns', () => {
    const needs = ({ subjectId, asOf }: Outcome) =>
      truth.customers.get(subjectId)!.needs[Math.round((asOf! - START) / DAY_MS) - 1] ?? 0
    const known = of('loan-demand').filter(({ asOf }) => asOf! > START + DAY_MS)
    const area = auc(known.map((outcome) => ({ score: needs(outcome), positive: positive(outcome) })))
    expect(area).toBeGreaterThan(0.68)
    expect(area).toBeLessThan(0.95)
  })
})

/** Trains on the older subjects by asOf, and ranks the newer ones. */
function learned(
  labelled: readonly Outcome[],
  rowOf: (outcome: Outcome) => number[],
  trainedShare: number,
  penalty?: number,
): number {
  const ordered = [...labelled].sort((left, right) => left.asOf! - right.asOf!)
  const cut = Math.floor(ordered.length * trainedShare)
  const [train, test] = [ordered.slice(0, cut), ordered.slice(cut)]
  const scores = logisticScores(train.map(rowOf), train.map(positive), test.map(rowOf), penalty)
  return auc(test.map((outcome, i) => ({ score: scores[i]!, positive: positive(outcome) })))
}

/** Only events that had arrived by then are known. */
const knownBy = arrivals.map(({ topic, event, arrivesAt }) => ({
  topic,
  event,
  arrivesAt,
  customerId: (event as unknown as Transaction).customerId,
}))
const byCustomer = Map.groupBy(knownBy, ({ customerId }) => customerId)

describe('the truth can be learned, but is not leaked', () => {
  it('loan demand from aggregates of money and behaviour', () => {
    const row = ({ subjectId, asOf }: Outcome): number[] => {
      let [balance, income, views, bills, draws, spent] = [0, 1, 0, 0, 0, 0]
      for (const { topic, event, arrivesAt } of byCustomer.get(subjectId)!) {
        if (arrivesAt > asOf!) break
        const recent = asOf! - event.occurredAt < 14 * DAY_MS
        if (topic === 'transactions') {
          const movement = event as Transaction
          if (movement.accountId.endsWith('current')) balance = movement.balanceMinor!
          if (movement.kind === 'salary') income = Math.max(income, movement.amountMinor)
          if (recent && movement.amountMinor < 0) spent -= movement.amountMinor
        } else if (topic === 'interactions' && recent) {
          if ((event as Interaction).item!.includes('loan')) views++
          if ((event as Interaction).kind === 'bill_query') bills++
        } else if (topic === 'credit-lines' && (event as CreditLine).kind === 'drawdown') draws++
      }
      return [
        Math.log1p(balance / income),
        Math.log1p(views),
        Math.log1p(bills),
        Math.log1p(draws),
        Math.log1p(spent / income),
      ]
    }
    const area = learned(
      of('loan-demand').filter(({ asOf }) => asOf! > START + 14 * DAY_MS),
      row,
      0.6,
    )
    expect(area).toBeGreaterThan(0.65)
    expect(area).toBeLessThan(0.9)
  })

  it('conversion of calls from how earlier ones went, and not better than the truth ranks them', () => {
    const answeredCalls = ({ answered }: Call): boolean => answered
    const row = ({ subjectId, asOf }: Outcome): number[] => {
      const known = byCustomer.get(subjectId)!.filter(({ arrivesAt }) => arrivesAt <= asOf!)
      const calls = known.flatMap(({ topic, event }) => (topic === 'calls' ? [event as Call] : []))
      const talks = calls.filter(answeredCalls)
      const last = talks.at(-1)
      const looks = known.filter(
        ({ topic, event }) => topic === 'interactions' && asOf! - event.occurredAt < 14 * DAY_MS,
      )
      return [
        last === undefined ? 4 : Math.log1p(last.durationS),
        talks.reduce((sum, { durationS }) => sum + durationS, 0) / Math.max(1, talks.length),
        calls.length === 0 ? 0.5 : talks.length / calls.length,
        calls.filter(({ occurredAt }) => asOf! - occurredAt < 7 * DAY_MS).length,
        Math.log1p(looks.length),
      ]
    }
    const labelled = of('call-conversion').filter(({ asOf }) => asOf! > START + 14 * DAY_MS)
    const best = auc(
      labelled.map((outcome) => {
        const { answerProbability, conversionProbability } = truth.calls.get(
          outcome.id.replace('sim-call-conversion-', ''),
        )!
        return { score: answerProbability * conversionProbability, positive: positive(outcome) }
      }),
    )
    const area = learned(labelled, row, 0.7)
    expect(area).toBeGreaterThan(0.65)
    expect(area).toBeLessThan(best)
    expect(best).toBeGreaterThan(0.8)
    expect(best).toBeLessThan(0.95)
  })

  it('conversion from pairs of characters of the visits’ texts', () => {
    const width = 1_024
    const texts = new Map<string, string>()
    for (const { opportunityId, text } of visits) texts.set(opportunityId, (texts.get(opportunityId) ?? '') + text)
    const row = ({ subjectId }: Outcome): number[] => {
      const text = texts.get(subjectId)!
      const counts = new Array<number>(width).fill(0)
      for (let i = 0; i + 1 < text.length; i++) {
        const slot = (text.charCodeAt(i) * 31 + text.charCodeAt(i + 1) * 17) % width
        counts[slot] = counts[slot]! + 1 / Math.sqrt(text.length)
      }
      return counts
    }
    const area = learned(
      of('conversion').filter(({ subjectId }) => texts.has(subjectId)),
      row,
      0.7,
      0.05,
    )
    expect(area).toBeGreaterThan(0.62)
    expect(area).toBeLessThan(0.95)
  })
})
