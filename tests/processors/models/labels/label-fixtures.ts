import { labelJoin } from '../../../../processors/models/label-join.ts'
import { customerFeatures } from '../../../../schemas/customers/customer-features.ts'
import { DAY_MS } from '../../../../schemas/durations.ts'
import type { LabelledRow } from '../../../../schemas/models/labelled-rows.ts'
import { firstOutcome, outcomes, type Outcome } from '../../../../schemas/models/outcomes.ts'
import { scores, type Score } from '../../../../schemas/models/scores.ts'
import { clock } from '../../../../schemas/platform/clock.ts'
import { createReplay, noGlobals, type ReplayInput } from '../../../../streams/replay/replay.ts'

/** A Monday. */
export const START = Date.UTC(2026, 0, 5)

export const at = (day: number) => START + day * DAY_MS

const envelope = (id: string, day: number) => ({ id, occurredAt: at(day), source: 'test', customerId: 'c1' })

/** A score of the opportunity o1 on a day, with the day as its row. */
export function scored(day: number, changes: Partial<Score> = {}): ReplayInput {
  const value: Score = {
    ...envelope(`s${day}`, day),
    task: 'conversion',
    subjectId: 'o1',
    opportunityId: null,
    salespersonId: null,
    visitCount: null,
    probability: 0.5,
    modelId: 'm',
    absent: null,
    featureSet: 'visits@1',
    row: [day, Number.NaN],
    text: `visit ${day}`,
    lineTimes: [at(day)],
    inputTopic: 'visits',
    inputPartition: 0,
    inputOffset: Math.round(day * 100),
    featuresId: null,
    propensity: null,
    acted: null,
    ...changes,
  }
  return { topic: scores, value }
}

/** A score of the customer that refers to published features. */
export function scoredByFeatures(day: number, changes: Partial<Score> = {}): ReplayInput {
  return scored(day, {
    ...{ task: 'loan-demand', subjectId: 'c1', featureSet: 'customers@1', row: [], text: null, lineTimes: null },
    ...{ id: `l${day}`, featuresId: `f${day}` },
    ...changes,
  })
}

export function published(day: number): ReplayInput {
  const value = { ...envelope(`f${day}`, day), featureSet: 'customers@1', values: [day, -day], timeZone: 'UTC' }
  return { topic: customerFeatures, value }
}

/** An outcome that became known on a day. */
export function decided(id: string, day: number, changes: Partial<Outcome> = {}): ReplayInput {
  const label = { task: 'conversion', subjectId: 'o1', value: 1, asOf: null, ...firstOutcome }
  return { topic: outcomes, value: { ...envelope(id, day), ...label, ...changes } }
}

export function tick(day: number): ReplayInput {
  return { topic: clock, value: { id: `tick/${day}`, occurredAt: at(day), source: 'test', partition: 0 } }
}

export interface Joined {
  /** The last state of each label that is not withdrawn, in order of id. */
  readonly labels: readonly LabelledRow[]
  /** Why events were refused. */
  readonly refused: readonly string[]
}

/** Folds the events in this order, in batches of a few, and returns what is published in the end. */
export async function joined(inputs: readonly ReplayInput[], batchSize = 3): Promise<Joined> {
  const replay = createReplay(labelJoin, { batchSize })
  const last = new Map<string, LabelledRow>()
  for (const { value } of await replay.run(inputs, noGlobals)) {
    const row = value as LabelledRow
    last.set(row.labelId, row)
  }
  const labels = [...last.values()].filter(({ status }) => status !== 'withdrawn')
  return {
    labels: labels.sort((one, other) => (one.labelId < other.labelId ? -1 : 1)),
    refused: replay.refused.map(({ failure }) => failure.message),
  }
}
