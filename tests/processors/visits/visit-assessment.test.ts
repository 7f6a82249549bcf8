import { visitAssessment } from '../../../processors/visits/visit-assessment.ts'
import { defaultEvidence, noConditions, notActivated, policies, type Policy } from '../../../schemas/visits/policies.ts'
import { alerts, type Alert } from '../../../schemas/customers/alerts.ts'
import { assessments, type Assessment } from '../../../schemas/visits/assessments.ts'
import { scores } from '../../../schemas/models/scores.ts'
import { message, type Message, type Topic } from '../../../schemas/topic.ts'
import { createReplay, noGlobals } from '../../../streams/replay/replay.ts'
import { globals, score } from '../scoring-fixtures.ts'

const scored = (visitCount: number, probability: number | null) => ({
  topic: scores,
  value: score(visitCount, probability),
})
const verdicts = (messages: readonly Message[]) =>
  messages
    .filter(({ topic }) => topic === (assessments as Topic))
    .map(({ value }) => [(value as Assessment).verdict, (value as Assessment).policyVersion])
const raised = (messages: readonly Message[]) =>
  messages
    .filter(({ topic }) => topic === (alerts as Topic))
    .map(({ value }) => [(value as Alert).kind, (value as Alert).raised])
const policy = (version: number, rules: Policy['rules']) =>
  globals({
    settings: [
      message(policies, {
        id: '',
        occurredAt: 0,
        source: '',
        name: 'visit-assessment',
        version,
        rules,
        ...defaultEvidence,
        ...notActivated,
        changedBy: '',
      }),
    ],
  })

test('a verdict is published when it changes, with its alert raised and withdrawn', async () => {
  const run = createReplay(visitAssessment)
  const before = await run.run([scored(1, 0.5), scored(2, 0.4), scored(3, 0.3), scored(4, 0.25)], noGlobals)
  expect([...verdicts(before), ...raised(before)]).toEqual([])
  const invalid = await run.run([scored(5, 0.1), scored(6, 0.05)], noGlobals)
  expect(verdicts(invalid)).toEqual([['invalid', 0]])
  expect(raised(invalid)).toEqual([['invalid-visits', true]])
  const fine = await run.run([scored(7, 0.6)], noGlobals)
  expect(verdicts(fine)).toEqual([['fine', 0]])
  expect(raised(fine)).toEqual([['invalid-visits', false]])
})

test('withdrawn visits no longer count, and with the last one the verdict is withdrawn', async () => {
  const run = createReplay(visitAssessment)
  const any = policy(1, [{ ...noConditions, verdict: 'invalid', visitCountMin: 2 }])
  const one = policy(1, [{ ...noConditions, verdict: 'invalid' }])
  expect(verdicts(await run.run([scored(1, 0.5), scored(2, 0.5)], any))).toEqual([['invalid', 1]])
  const fewer = await run.run([scored(1, 0.5)], any)
  expect([...verdicts(fewer), ...raised(fewer)]).toEqual([
    ['fine', 1],
    ['invalid-visits', false],
  ])
  expect(verdicts(await run.run([scored(2, 0.5)], one))).toEqual([['invalid', 1]])
  const none = await run.run([scored(0, null)], one)
  expect([...verdicts(none), ...raised(none)]).toEqual([
    ['fine', 1],
    ['invalid-visits', false],
  ])
  expect(verdicts(await run.run([scored(1, 0.5)], one))).toEqual([['invalid', 1]])
})

test('another score for the same visits replaces the previous one', async () => {
  const run = createReplay(visitAssessment)
  await run.run(
    [1, 2, 3, 4, 5].map((visitCount) => scored(visitCount, null)),
    noGlobals,
  )
  const rescored = [1, 2, 3, 4, 5].map((visitCount) => scored(visitCount, 0.1 * visitCount))
  expect(verdicts(await run.run(rescored, noGlobals))).toEqual([])
})

test('a changed policy reaches silent opportunities by re-evaluation', async () => {
  const run = createReplay(visitAssessment)
  await run.run([scored(1, 0.5), scored(2, 0.1)], noGlobals)
  const stricter = policy(1, [{ ...noConditions, verdict: 'invalid', visitCountMin: 2, probabilityBelow: 0.2 }])
  expect(verdicts(await run.reevaluate(stricter))).toEqual([['invalid', 1]])
  expect(verdicts(await run.reevaluate(policy(2, [])))).toEqual([['fine', 2]])
})
