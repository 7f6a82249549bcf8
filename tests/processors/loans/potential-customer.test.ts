import { customerFeatures as features } from '../../../features/customers/customer.ts'
import { loanDemand } from '../../../processors/loans/loan-demand.ts'
import { potentialCustomers, type PotentialCustomer } from '../../../schemas/loans/potential-customers.ts'
import { alerts, type Alert } from '../../../schemas/customers/alerts.ts'
import { customerFeatures } from '../../../schemas/customers/customer-features.ts'
import { explorations } from '../../../schemas/models/explorations.ts'
import { scores, type Score } from '../../../schemas/models/scores.ts'
import { message, type Message, type Topic } from '../../../schemas/topic.ts'
import { createReplay } from '../../../streams/replay/replay.ts'
import { constantModel, givenRows, globals, START, threshold } from '../scoring-fixtures.ts'

const snapshot = (number: number) => ({
  topic: customerFeatures,
  value: {
    id: `f${number}`,
    occurredAt: START + number,
    source: 'test',
    customerId: 'c1',
    featureSet: features.id,
    values: features.names.map(() => number),
    timeZone: 'UTC',
  },
})

/** Explains each score by the first feature alone, and counts the calls. */
let explained = 0
const under = (estimate: number, set: number, version: number, model = 'constant') =>
  globals({
    model: () => ({
      ...constantModel('loan-demand', features, estimate),
      id: `${model} ${estimate}`,
      explainer: () => (_row, into) => {
        explained++
        into.fill(0)
        into[0] = 0.5
        return 0
      },
    }),
    settings: [threshold('loan-demand', set, version)],
  })
const told = (messages: readonly Message[]) =>
  messages.filter(({ topic }) => topic === (potentialCustomers as Topic)).map(({ value }) => value as PotentialCustomer)

test('a customer enters, stays while nothing material changes, and leaves', async () => {
  const run = createReplay(givenRows(loanDemand))
  expect(told(await run.run([snapshot(1)], under(0.5, 0.6, 1)))).toEqual([])
  expect(told(await run.run([snapshot(2)], under(0.7, 0.6, 1)))).toMatchObject([
    {
      customerId: 'c1',
      potential: true,
      estimate: 0.7,
      threshold: 0.6,
      thresholdVersion: 1,
      modelId: 'constant 0.7',
      since: START + 2,
    },
  ])
  expect(told(await run.run([snapshot(3)], under(0.7, 0.6, 1)))).toEqual([])
  expect(told(await run.run([snapshot(4)], under(0.8, 0.6, 1)))).toMatchObject([{ estimate: 0.8, since: START + 2 }])
  expect(told(await run.run([snapshot(5)], under(0.3, 0.6, 1)))).toMatchObject([{ potential: false, since: START + 2 }])
  expect(told(await run.run([snapshot(6)], under(0.9, 0.6, 1)))).toMatchObject([{ potential: true, since: START + 6 }])
})

test('another threshold or another model takes effect by re-evaluation', async () => {
  const run = createReplay(givenRows(loanDemand))
  await run.run([snapshot(1)], under(0.7, 0.6, 1))
  expect(told(await run.reevaluate(under(0.7, 0.65, 2)))).toMatchObject([
    { potential: true, threshold: 0.65, thresholdVersion: 2 },
  ])
  expect(told(await run.reevaluate(under(0.7, 0.65, 2, 'other')))).toMatchObject([{ modelId: 'other 0.7' }])
  expect(told(await run.reevaluate(under(0.7, 0.65, 2, 'other')))).toEqual([])
  expect(told(await run.reevaluate(under(0.7, 0.75, 3, 'other')))).toMatchObject([{ potential: false }])
})

test('reasons are computed for published scores only', async () => {
  const run = createReplay(givenRows(loanDemand))
  explained = 0
  const messages = await run.run([snapshot(1)], under(0.7, 0.6, 1))
  expect(explained).toBe(1)
  const [reason, ...others] = told(messages)[0]!.reasons
  expect(others).toEqual([])
  expect(reason).toMatchObject({ feature: features.names[0], value: 1, contribution: 0.5 })
  expect(messages.find(({ topic }) => topic === (alerts as Topic))!.value as Alert).toMatchObject({ reasons: [reason] })
  await run.run([snapshot(2), snapshot(3)], under(0.7, 0.6, 1))
  expect(explained).toBe(1)
})

const exploring = (estimate: number, share: number, version: number) => {
  const rule = {
    id: '',
    occurredAt: 0,
    source: '',
    task: 'loan-demand',
    version,
    share,
    estimateMin: 0.2,
    seed: 1,
    approval: null,
    changedBy: 'test',
  }
  return globals({
    model: () => constantModel('loan-demand', features, estimate),
    settings: [threshold('loan-demand', 0.6, 1), message(explorations, rule)],
  })
}
const scoresOf = (messages: readonly Message[]) =>
  messages.filter(({ topic }) => topic === (scores as Topic)).map(({ value }) => value as Score)

test('a customer below the threshold whom chance selects is a potential one, marked as explored', async () => {
  const run = createReplay(givenRows(loanDemand))
  // A share of 1 is refused by the setting, and selects everybody here.
  const messages = await run.run([snapshot(1)], exploring(0.3, 1 - Number.EPSILON, 1))
  expect(told(messages)).toMatchObject([{ potential: true, estimate: 0.3, threshold: 0.6, explored: true }])
  expect(told(messages)[0]!.reasons[0]).toMatchObject({ words: 'explored at random: below the threshold' })
  expect(scoresOf(messages)).toMatchObject([{ acted: true, propensity: 1 - Number.EPSILON }])
  expect(messages.find(({ topic }) => topic === (alerts as Topic))!.value as Alert).toMatchObject({
    raised: true,
    text: 'Estimated use of the credit line 30.0 %, threshold 60.0 %. Explored at random.',
  })
})

test('an explored customer who reaches the threshold is no longer marked, and leaves when the share ends', async () => {
  const run = createReplay(givenRows(loanDemand))
  await run.run([snapshot(1)], exploring(0.3, 1 - Number.EPSILON, 1))
  const reached = await run.run([snapshot(2)], exploring(0.7, 1 - Number.EPSILON, 1))
  expect(told(reached)).toMatchObject([{ potential: true, explored: false, propensity: 1, since: START + 1 }])
  await run.run([snapshot(3)], exploring(0.3, 1 - Number.EPSILON, 1))
  const ended = await run.reevaluate(exploring(0.3, 0, 2))
  expect(told(ended)).toMatchObject([{ potential: false, explored: false, propensity: 0 }])
  expect(scoresOf(ended)).toMatchObject([{ acted: false, propensity: 0 }])
})

test('a score says that nobody below the threshold could be selected without exploration', async () => {
  const run = createReplay(givenRows(loanDemand))
  const messages = await run.run([snapshot(1)], under(0.5, 0.6, 1))
  expect(scoresOf(messages)).toMatchObject([{ acted: false, propensity: 0 }])
})
