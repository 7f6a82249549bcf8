import { customerFeatures as features } from '../../../features/customers/customer.ts'
import { loanDemand } from '../../../processors/loans/loan-demand.ts'
import { potentialCustomers, type PotentialCustomer } from '../../../schemas/loans/potential-customers.ts'
import { alerts, type Alert } from '../../../schemas/customers/alerts.ts'
import { customerFeatures } from '../../../schemas/customers/customer-features.ts'
import type { Message, Topic } from '../../../schemas/topic.ts'
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
