import { largestOf, mergeKind } from '../../features/merge-kinds.ts'
import { customerFeatures as features } from '../../features/customers/customer.ts'
import { numericState } from '../../features/keyed-state.ts'
import { rowToArray } from '../../features/row-to-array.ts'
import { timeZoneOf } from '../../features/customers/remembered-profile.ts'
import { customerFeatures } from '../../schemas/customers/customer-features.ts'
import { message } from '../../schemas/topic.ts'
import { callConversion } from '../calls/call-conversion.ts'
import { loanDemand } from '../loans/loan-demand.ts'
import { input, processor } from '../processor.ts'
import { interestsScorer } from '../recommendations/interests.ts'
import { byKey } from '../../schemas/persons.ts'

/** The latest event time of the customer, over all topics. */
const latest = numericState('latest', 1)

const name = 'customer-features'

/**
 * Keeps a customer's features up to date, publishes them after every event and runs the customer scorers on the same
 * row.
 */
export const customerFeaturesProcessor = processor<{ readonly at: number; readonly timeZone: string }>({
  name,
  version: 2,
  purpose: 'Folds everything that is known about a customer into features and publishes them after every event.',
  scorers: [loanDemand, callConversion, interestsScorer],
  inputs: features.folds.map(({ topic, fold }) =>
    input(topic, (state, event, requestScore) => {
      fold(state, event)
      const before = state.get(latest, '')?.[0] ?? Number.NEGATIVE_INFINITY
      if (event.occurredAt > before) state.put(latest, '', Float64Array.of(event.occurredAt))
      requestScore(state.key)
    }),
  ),
  outputs: [customerFeatures],
  persons: byKey,
  state: [...features.kinds, latest],
  decisionState: [],
  features,
  merge(state, other) {
    features.merge(state, other)
    mergeKind(state, other, latest, largestOf)
  },
  *subjects(state) {
    if (state.get(latest, '') !== undefined) yield state.key
  },
  row(state, _subject, row) {
    const at = state.get(latest, '')?.[0]
    if (at === undefined) return undefined
    features.row(state, at, row, 0)
    return { at, timeZone: timeZoneOf(state) }
  },
  decide(_decisionState, { key, id, source, rowContext, row }, _globals, emit) {
    emit(
      message(customerFeatures, {
        id,
        occurredAt: rowContext.at,
        source,
        customerId: key,
        featureSet: features.id,
        values: rowToArray(row),
        timeZone: rowContext.timeZone,
      }),
    )
  },
})
