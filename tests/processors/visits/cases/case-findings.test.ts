import { caseFindingsProcessor } from '../../../../processors/visits/cases/case-findings.ts'
import { defaultCaseRules } from '../../../../processors/visits/cases/default-case-rules.ts'
import { message, type Message, type Topic } from '../../../../schemas/topic.ts'
import { alertCandidates, type AlertCandidate } from '../../../../schemas/visits/alert-admissions.ts'
import { caseFindings, type CaseFinding } from '../../../../schemas/visits/case-findings.ts'
import { caseRules, type CaseRules } from '../../../../schemas/visits/case-rules.ts'
import { snoozes, type Snooze } from '../../../../schemas/visits/snoozes.ts'
import { visitAssessments, type VisitAssessment } from '../../../../schemas/visits/visit-assessments.ts'
import { createReplay, noGlobals } from '../../../../streams/replay/replay.ts'
import { visits } from '../../../../schemas/visits/visits.ts'
import { globals, visit } from '../../scoring-fixtures.ts'
import { assessmentOf, at } from './case-fixtures.ts'

const event = { id: '', occurredAt: 0, source: '', changedBy: '' }
const settings = (rules: Partial<CaseRules>, list: readonly Partial<Snooze>[] = []) =>
  globals({
    settings: [
      message(caseRules, { ...event, ...defaultCaseRules, ...rules }),
      message(snoozes, { ...event, name: 'alerts', version: 1, snoozes: list.map((one, place) => snooze(place, one)) }),
    ],
  })
const snooze = (place: number, changes: Partial<Snooze>): Snooze => ({
  id: `z${place}`,
  ...{ rule: 'copied-text', salespersonId: 's1', customerId: null, from: at(0), until: at(30), reason: 'why' },
  retired: false,
  ...changes,
})
const assessed = (visitId: string, day: number, changes: Partial<VisitAssessment> = {}) => ({
  topic: visitAssessments,
  value: assessmentOf(visitId, day, changes),
})
const fine = { verdict: 'fine', falseScore: 0, invalidScore: 0, evidence: [] } as const
const of = <T>(messages: readonly Message[], topic: Topic<T>) =>
  messages.filter((one) => one.topic === (topic as Topic)).map(({ value }) => value as T)
const found = (messages: readonly Message[]): CaseFinding[] => of(messages, caseFindings)
const wanted = (messages: readonly Message[]): AlertCandidate[] => of(messages, alertCandidates)

test('each flagged visit has one finding, and another one after a change', async () => {
  const run = createReplay(caseFindingsProcessor)
  const first = await run.run([assessed('v1', 0), assessed('v1', 1, { id: 'again' })], noGlobals)
  expect(found(first)).toMatchObject([{ visitId: 'v1', origin: 'flagged', propensity: 1, terms: { dueDays: 5 } }])
  expect(wanted(first)).toMatchObject([{ kind: 'suspected-false-visit', loss: 0.8 * 40, waitsUntil: null }])
  const changed = await run.run([assessed('v1', 2, fine)], noGlobals)
  expect(found(changed)).toMatchObject([{ origin: 'flagged', assessment: { verdict: 'fine' } }])
  expect(wanted(changed)).toMatchObject([{ kind: null }])
})

test('a stated share of the others is sampled, the same ones in any order, with the propensity on record', async () => {
  const visits = Array.from({ length: 4_000 }, (_, place) => assessed(`v${place}`, 0, fine))
  const share = settings({ sampledShare: 0.05 })
  const sampled = found(await createReplay(caseFindingsProcessor).run(visits, share))
  expect(sampled.length).toBeGreaterThan(150)
  expect(sampled.length).toBeLessThan(250)
  expect(new Set(sampled.map(({ origin, propensity }) => `${origin} ${propensity}`))).toEqual(new Set(['sampled 0.05']))
  const again = found(await createReplay(caseFindingsProcessor, { batchSize: 7 }).run([...visits].reverse(), share))
  expect(again.map(({ visitId }) => visitId).sort()).toEqual(sampled.map(({ visitId }) => visitId).sort())
  expect(found(await createReplay(caseFindingsProcessor).run(visits, settings({ sampledShare: 0 })))).toEqual([])
})

test('a larger share does not sample earlier visits', async () => {
  const run = createReplay(caseFindingsProcessor)
  const visits = Array.from({ length: 500 }, (_, place) => assessed(`v${place}`, 0, fine))
  const before = found(await run.run(visits, settings({ sampledShare: 0.01 }))).length
  expect(before).toBeGreaterThan(0)
  expect(found(await run.reevaluate(settings({ sampledShare: 0.1, version: 1 })))).toEqual([])
})

test('a snooze holds the alert back, by verdict or by all of the evidence', async () => {
  const run = createReplay(caseFindingsProcessor)
  await run.run([assessed('v1', 1)], noGlobals)
  const held = async (list: Partial<Snooze>[]) => {
    const messages = await run.reevaluate(settings({}, list))
    return [found(messages).at(-1)?.snoozedUntil, wanted(messages).at(-1)?.waitsUntil]
  }
  expect(await held([{}])).toEqual([at(30), at(30)])
  expect(await held([{ salespersonId: 's2' }])).toEqual([null, null])
  expect(await held([{ rule: 'suspected_false', salespersonId: null, customerId: 'c1', until: at(9) }])).toEqual([
    at(9),
    at(9),
  ])
  expect(await held([{ until: at(0.5) }, { rule: 'invalid' }])).toEqual([null, null])
  await run.run(
    [
      assessed('v1', 2, {
        evidence: [...assessmentOf('v1', 0).evidence, { kind: 'entered-late', score: 1, text: '', with: null }],
      }),
    ],
    noGlobals,
  )
  expect(await held([{}])).toEqual([undefined, undefined])
  expect(await held([{}, { rule: 'entered-late', until: at(12) }])).toEqual([at(12), at(12)])
  expect(await held([{}, { rule: 'entered-late', retired: true }])).toEqual([null, null])
})

test('costs decide the order, and other rules than the costs change no finding', async () => {
  const run = createReplay(caseFindingsProcessor)
  await run.run([assessed('v1', 1)], noGlobals)
  expect(await run.reevaluate(settings({ dueDays: 9, alertsPerDay: 1 }))).toEqual([])
  expect(wanted(await run.reevaluate(settings({ costOfFalse: 5, costOfInvalid: 100 })))).toMatchObject([{ loss: 10 }])
})

test('visits without evidence are sampled too: they arrive without an assessment', async () => {
  const run = createReplay(caseFindingsProcessor)
  const told = (number: number, revision = 0, withdrawn = false) => ({
    topic: visits,
    value: visit(`v${number}`, 0, { revision, withdrawn }),
  })
  const share = settings({ sampledShare: 0.1 })
  const sampled = found(
    await run.run(
      Array.from({ length: 500 }, (_, number) => told(number)),
      share,
    ),
  )
  expect(sampled.length).toBeGreaterThan(25)
  expect(sampled.length).toBeLessThan(80)
  const number = Number(sampled[0]!.visitId.slice(1))
  expect(sampled[0]).toMatchObject({
    origin: 'sampled',
    propensity: 0.1,
    assessment: { verdict: 'fine', evidence: [] },
  })
  // Later evidence belongs to the same case, and a repeated visit record does not contradict it.
  const flagged = found(await run.run([assessed(`v${number}`, 1), told(number, 1)], share))
  expect(flagged).toMatchObject([{ origin: 'sampled', assessment: { verdict: 'suspected_false' } }])
  const other = Number(sampled[1]!.visitId.slice(1))
  expect(found(await run.run([told(other, 1, true)], share))).toMatchObject([{ assessment: { withdrawn: true } }])
})
