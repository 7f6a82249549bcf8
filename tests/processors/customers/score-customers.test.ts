import { customerFeatures as features } from '../../../features/customers/customer.ts'
import { loanDemand } from '../../../processors/loans/loan-demand.ts'
import { alerts, type Alert } from '../../../schemas/customers/alerts.ts'
import { customerFeatures } from '../../../schemas/customers/customer-features.ts'
import { scores, type Score } from '../../../schemas/models/scores.ts'
import type { Message, Topic } from '../../../schemas/topic.ts'
import { createReplay, noGlobals } from '../../../streams/replay/replay.ts'
import { constantModel, givenRows, globals, START, threshold } from '../scoring-fixtures.ts'

const snapshot = (number: number) => ({
  topic: customerFeatures,
  value: {
    id: `f${number}`,
    occurredAt: START + number,
    source: 'test',
    customerId: 'c1',
    featureSet: features.id,
    values: features.names.map((_, index) => index + number),
    timeZone: 'UTC',
  },
})
const scoresOf = (messages: readonly Message[]) =>
  messages.filter(({ topic }) => topic === (scores as Topic)).map(({ value }) => value as Score)
const alertsOf = (messages: readonly Message[]) =>
  messages
    .filter(({ topic }) => topic === (alerts as Topic))
    .map(({ value }) => [(value as Alert).raised, (value as Alert).threshold])
const withEstimate = (estimate: number, set?: number) =>
  globals({
    model: () => constantModel('loan-demand', features, estimate),
    settings: set === undefined ? [] : [threshold('loan-demand', set)],
  })

test('a score refers to the features that it was computed from; without a model it gives the reason and raises no alert', async () => {
  const messages = await createReplay(givenRows(loanDemand)).run([snapshot(1)], noGlobals)
  expect(scoresOf(messages)[0]).toMatchObject({
    probability: null,
    absent: 'No model is released for loan-demand yet.',
    row: [],
    featuresId: 'given-rows/customer-features/0/0/c1',
  })
  expect(alertsOf(messages)).toEqual([])
})

test('the alert is raised and withdrawn when the threshold is crossed, and only then', async () => {
  const run = createReplay(givenRows(loanDemand))
  expect(alertsOf(await run.run([snapshot(1)], withEstimate(0.59)))).toEqual([])
  expect(alertsOf(await run.run([snapshot(2), snapshot(3)], withEstimate(0.6)))).toEqual([[true, 0.6]])
  expect(alertsOf(await run.run([snapshot(4)], withEstimate(0.1)))).toEqual([[false, 0.6]])
})

test('a changed threshold reaches silent customers by re-evaluation', async () => {
  const run = createReplay(givenRows(loanDemand))
  await run.run([snapshot(1)], withEstimate(0.5))
  const again = await run.reevaluate(withEstimate(0.5, 0.4))
  expect(alertsOf(again)).toEqual([[true, 0.4]])
  // The second score comes without published features.
  expect(scoresOf(again)[0]).toMatchObject({ row: features.names.map((_, index) => index + 1), featuresId: null })
  expect(alertsOf(await run.reevaluate(withEstimate(0.5, 0.7)))).toEqual([[false, 0.7]])
})
