/** Forty customers with estimates of their usage from 2.5 % on, and what became of twenty of them. */
import { customerFeatures } from '../../../features/customers/customer.ts'
import { profiles } from '../../../schemas/customers/profiles.ts'
import { DAY_MS } from '../../../schemas/durations.ts'
import { potentialCustomers } from '../../../schemas/loans/potential-customers.ts'
import { labelledRows, type LabelledRow } from '../../../schemas/models/labelled-rows.ts'
import { scores } from '../../../schemas/models/scores.ts'
import type { Database } from '../../../store/database.ts'
import { put } from '../../store/store-under-test.ts'
import { NOW, scoreOf } from '../stored-world.ts'

const SOURCE = 'test'
const numbers = Array.from({ length: 40 }, (_, index) => index + 1)
/** Id of the customer with that number; the estimate of each is the number ÷ 40. */
export const idOf = (number: number): string => `l-${String(number).padStart(2, '0')}`

const labelOf = (number: number): LabelledRow => ({
  ...{ id: `label-${number}`, occurredAt: NOW, source: SOURCE, labelId: `label-${number}`, customerId: idOf(number) },
  ...{ task: 'loan-demand', subjectId: idOf(number), status: 'labelled', cause: 'outcome', training: true, joined: 1 },
  ...{ asOf: NOW - 90 * DAY_MS, knownAt: NOW, outcomeId: `${number}`, outcomeSource: SOURCE, reviewer: null },
  ...{ revision: 0, scoreId: null, servedAt: NOW - 90 * DAY_MS, featureSet: customerFeatures.id, text: null },
  ...{ lineTimes: null, modelId: 'm', row: [], propensity: null, acted: null },
  probability: number / 40,
  // Every fifth used little of what was expected.
  label: number % 5 === 0 ? 0.05 : number / 40,
})

export async function storeEstimates(database: Database): Promise<void> {
  await put(
    database,
    profiles,
    numbers.map((number) => ({
      ...{ id: `profile-${number}`, occurredAt: NOW - 90 * DAY_MS, source: SOURCE, customerId: idOf(number) },
      ...{ name: `Firm ${number}`, sex: null, birthYear: null, registeredPlace: null, residence: null },
      ...{ timeZone: 'Asia/Shanghai', segment: 'business', attributes: {} },
    })),
  )
  await put(
    database,
    scores,
    numbers.map((number) => scoreOf('loan-demand', idOf(number), number / 40, NOW - number * 1_000)),
  )
  await put(
    database,
    potentialCustomers,
    numbers.slice(23).map((number) => ({
      ...{ id: `p-${number}`, occurredAt: NOW, source: SOURCE, customerId: idOf(number), potential: true },
      ...{
        estimate: number / 40,
        threshold: 0.6,
        thresholdVersion: 0,
        modelId: 'm',
        since: NOW - DAY_MS,
        explored: false,
        propensity: 1,
      },
      reasons: [
        { feature: 'creditLines.usage', value: number / 40, contribution: 0.25, words: 'Drawn so far ÷ limit (+0.25)' },
      ],
    })),
  )
  await put(database, labelledRows, numbers.slice(20).map(labelOf))
}
