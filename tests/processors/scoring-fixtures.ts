import type { FeatureNames } from '../../features/feature-set.ts'
import type { Model } from '../../models/model.ts'
import { customerFeatures as features } from '../../features/customers/customer.ts'
import { numericState } from '../../features/keyed-state.ts'
import { input, processor, type Globals, type Processor, type Scorer } from '../../processors/processor.ts'
import { customerFeatures } from '../../schemas/customers/customer-features.ts'
import { interactions } from '../../schemas/customers/interactions.ts'
import type { Score } from '../../schemas/models/scores.ts'
import { thresholds } from '../../schemas/loans/thresholds.ts'
import { message, type GlobalTopic, type Message } from '../../schemas/topic.ts'
import { reportOnly, type Opportunity, type Visit } from '../../schemas/visits/visits.ts'

export const START = Date.UTC(2026, 0, 1)
export const DAY_MS = 86_400_000

export function visit(visitId: string, day: number, changes: Partial<Visit> = {}): Visit {
  return {
    id: `${visitId}/${changes.revision ?? 0}`,
    occurredAt: START + day * DAY_MS,
    source: 'test',
    visitId,
    revision: 0,
    withdrawn: false,
    opportunityId: 'o1',
    customerId: 'c1',
    salespersonId: 's1',
    text: `客户 ${visitId}`,
    ...reportOnly,
    ...changes,
  }
}

export function opportunity(revision: number, changes: Partial<Opportunity> = {}): Opportunity {
  return {
    id: `${changes.opportunityId ?? 'o1'}/${revision}`,
    occurredAt: START + revision * DAY_MS,
    source: 'test',
    opportunityId: 'o1',
    revision,
    customerId: 'c1',
    salespersonId: 's1',
    teamId: 't1',
    product: null,
    stage: null,
    status: 'open',
    valueMinor: null,
    currency: null,
    plannedCloseAt: null,
    ...changes,
  }
}

export function score(visitCount: number, probability: number | null, changes: Partial<Score> = {}): Score {
  return {
    id: `score/${changes.opportunityId ?? 'o1'}/${visitCount}/${probability}`,
    occurredAt: START + visitCount * DAY_MS,
    source: 'test',
    task: 'conversion',
    subjectId: changes.opportunityId ?? 'o1',
    customerId: 'c1',
    opportunityId: 'o1',
    salespersonId: 's1',
    visitCount,
    probability,
    modelId: null,
    absent: null,
    featureSet: 'visits@1',
    row: [],
    text: null,
    lineTimes: null,
    inputTopic: null,
    inputPartition: null,
    inputOffset: null,
    featuresId: null,
    propensity: null,
    acted: null,
    ...changes,
  }
}

/** A model that gives every row the same number. */
export function constantModel(
  task: string,
  { id: featureSet, names: featureNames }: FeatureNames,
  probability: number,
): Model {
  return {
    id: `constant-${probability}`,
    task,
    algorithm: 'constant',
    featureSet,
    featureNames,
    outputs: ['score'],
    score: ({ count }, into) => void into.fill(probability, 0, count),
  }
}

/** A processor whose rows are the values of `customer-features`, with this scorer. */
export function givenRows(scorer: Scorer): Processor {
  const given = numericState('given', features.names.length)
  const latest = numericState('latest', 1)
  return processor({
    name: 'given-rows',
    version: 1,
    purpose: 'Lets a scorer decide by given rows.',
    inputs: [
      input(interactions, (state, event, requestScore) => {
        state.put(latest, '', Float64Array.of(event.occurredAt))
        requestScore(state.key)
      }),
      input(customerFeatures, (state, event, requestScore) => {
        state.put(given, '', Float64Array.from(event.values))
        state.put(latest, '', Float64Array.of(event.occurredAt))
        requestScore(state.key)
      }),
    ],
    outputs: [],
    state: [given, latest],
    decisionState: [],
    features,
    scorers: [scorer],
    *subjects(state) {
      yield state.key
    },
    row(state, _subject, row) {
      const values = state.get(given, '')
      if (values === undefined) return undefined
      row.set(values)
      return { at: state.get(latest, '')![0]! }
    },
    decide() {},
  })
}

/** Returns global tables. `settings`: their entries. */
export function globals({
  model = () => undefined,
  settings = [],
}: {
  readonly model?: Globals['model']
  readonly settings?: readonly Message[]
}): Globals {
  return {
    get: <T>(table: GlobalTopic<T>, key: string) =>
      settings.find((setting) => setting.topic.name === table.name && setting.key === key)?.value as T | undefined,
    model,
  }
}

export function threshold(task: string, value: number, version = 1): Message {
  return message(thresholds, { id: '', occurredAt: 0, source: '', task, version, value, changedBy: '' })
}
