import fc from 'fast-check'
import { alertLimits } from '../../../../processors/visits/cases/alert-limits.ts'
import { defaultCaseRules } from '../../../../processors/visits/cases/default-case-rules.ts'
import { clock } from '../../../../schemas/platform/clock.ts'
import { message, type Message } from '../../../../schemas/topic.ts'
import {
  alertCandidates,
  type AlertAdmission,
  type AlertCandidate,
} from '../../../../schemas/visits/alert-admissions.ts'
import { caseRules, type CaseRules } from '../../../../schemas/visits/case-rules.ts'
import { createReplay, type ReplayInput } from '../../../../streams/replay/replay.ts'
import { globals, START } from '../../scoring-fixtures.ts'
import { candidateOf } from './case-fixtures.ts'

const HOUR_MS = 3_600_000
const rules = (changes: Partial<CaseRules>) =>
  globals({
    settings: [
      message(caseRules, { id: '', occurredAt: 0, source: '', ...defaultCaseRules, changedBy: '', ...changes }),
    ],
  })
const wants = (visitId: string, hours: number, changes: Partial<AlertCandidate> = {}): ReplayInput => ({
  topic: alertCandidates,
  value: candidateOf(visitId, hours, changes),
})
const tick = (hours: number): ReplayInput => ({
  topic: clock,
  value: { id: `tick/${hours}`, occurredAt: START + hours * HOUR_MS, source: 'test', partition: 0 },
})
const admitted = (messages: readonly Message[]) => messages.map(({ value }) => (value as AlertAdmission).visitId)

test('at once while there is room, then the largest loss first on the next day', async () => {
  const run = createReplay(alertLimits)
  const two = rules({ alertsPerDay: 2, alertsPerSalespersonPerDay: 2 })
  const come = ['a', 'b', 'c', 'd', 'e'].map((id, place) => wants(id, place, { loss: place, salespersonId: id }))
  expect(admitted(await run.run(come, two))).toEqual(['a', 'b'])
  expect(admitted(await run.run([tick(6), tick(23)], two))).toEqual([])
  expect(admitted(await run.run([tick(24)], two))).toEqual(['e', 'd'])
  expect(admitted(await run.run([tick(40), tick(300)], two))).toEqual(['c'])
})

test('alerts of one salesperson do not crowd out the others', async () => {
  const one = rules({ alertsPerDay: 9, alertsPerSalespersonPerDay: 1 })
  const come = [wants('a', 0), wants('b', 1), wants('c', 2, { salespersonId: 's2' })]
  expect(admitted(await createReplay(alertLimits).run(come, one))).toEqual(['a', 'c'])
})

test('more room by a change of the rules is used at once', async () => {
  const run = createReplay(alertLimits)
  await run.run([wants('a', 0), wants('b', 1), wants('c', 2)], rules({ alertsPerDay: 1 }))
  expect(admitted(await run.reevaluate(rules({ alertsPerDay: 2 })))).toEqual(['b'])
})

test('a visit is admitted once, whatever is repeated; a visit that is no longer flagged stops waiting', async () => {
  const run = createReplay(alertLimits)
  const one = rules({ alertsPerDay: 1 })
  const come = [wants('a', 0), wants('a', 1, { loss: 99 }), wants('b', 2), wants('b', 3, { kind: null }), wants('c', 4)]
  const messages = await run.run(come, one)
  expect(messages.map(({ value }) => [(value as AlertAdmission).visitId, (value as AlertAdmission).kind])).toEqual([
    ['a', 'suspected-false-visit'],
    ['b', null],
  ])
  expect(admitted(await run.run([tick(26)], one))).toEqual(['c'])
})

test('a snoozed alert is admitted when the snooze ends, and again if it was admitted before', async () => {
  const run = createReplay(alertLimits)
  const many = rules({})
  expect(admitted(await run.run([wants('a', 0)], many))).toEqual(['a'])
  const until = START + 5 * HOUR_MS
  expect(admitted(await run.run([wants('a', 1, { waitsUntil: until }), tick(3)], many))).toEqual([])
  expect(admitted(await run.run([tick(5)], many))).toEqual(['a'])
})

test('the day is that of the organisation', async () => {
  const run = createReplay(alertLimits)
  // Midnight in Shanghai is at 16:00 UTC.
  const there = rules({ alertsPerDay: 1, timeZone: 'Asia/Shanghai' })
  expect(admitted(await run.run([wants('a', 15), wants('b', 15.5), wants('c', 16)], there))).toEqual(['a', 'b'])
})

test('no day has more alerts than the limits, in whatever order visits come (property)', async () => {
  const candidate = fc.record({
    visit: fc.integer({ min: 0, max: 20 }),
    hours: fc.integer({ min: 0, max: 96 }),
    person: fc.integer({ min: 0, max: 3 }),
    loss: fc.double({ min: 0, max: 50, noNaN: true }),
    kind: fc.constantFrom('suspected-false-visit', 'invalid-visit', null),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(candidate, { maxLength: 40 }), async (list) => {
      const limits = rules({ alertsPerDay: 3, alertsPerSalespersonPerDay: 2 })
      const inputs = list.map(({ visit, hours, person, loss, kind }, place) =>
        wants(`v${visit}`, hours, { id: String(place), salespersonId: `s${visit % 4 || person}`, loss, kind }),
      )
      const messages = await createReplay(alertLimits).run(inputs, limits)
      const byDay = new Map<number, number>()
      for (const { value } of messages) {
        const { occurredAt, kind } = value as AlertAdmission
        const day = Math.floor(occurredAt / (24 * HOUR_MS))
        if (kind !== null) byDay.set(day, (byDay.get(day) ?? 0) + 1)
      }
      expect(Math.max(0, ...byDay.values())).toBeLessThanOrEqual(3)
      const told = messages.map(({ value }) => `${(value as AlertAdmission).visitId}/${(value as AlertAdmission).kind}`)
      expect(new Set(told).size).toBe(told.length)
      expect(await createReplay(alertLimits, { batchSize: 3 }).run(inputs, limits)).toEqual(messages)
    }),
    { numRuns: 100 },
  )
})
