import { laterSlots, mergeKind } from '../../features/merge-kinds.ts'
import { numericState } from '../../features/keyed-state.ts'
import { transactions } from '../../schemas/customers/banking.ts'
import { DAY_MS } from '../../schemas/durations.ts'
import { alerts } from '../../schemas/customers/alerts.ts'
import { message } from '../../schemas/topic.ts'
import { input, noFeatures, processor } from '../processor.ts'
import { updateAlertState, mergeRaised, raisedAlert } from '../raised-alert.ts'
import { byKey } from '../../schemas/persons.ts'

const QUIET_DAYS = 30
const QUIET_MS = QUIET_DAYS * DAY_MS

/** Time of the last transaction, ms, and 1 once the customer has been dormant since. */
const latest = numericState('latest', 2)

/** Flags customers whose accounts have not moved for thirty days, until they move again. */
export const dormantCustomers = processor<{ readonly at: number; readonly dormant: boolean }>({
  name: 'dormant-customers',
  version: 2,
  purpose: 'Flags customers whose accounts have not moved for thirty days, until they move again.',
  inputs: [
    input(transactions, (state, { customerId, occurredAt }, requestScore) => {
      const [before, dormant] = state.get(latest, '') ?? [Number.NEGATIVE_INFINITY, 1]
      if (occurredAt <= before!) return
      // A timer that is already set checks again when it fires, which is cheaper than moving it with every transaction.
      if (dormant === 1) state.setTimer('quiet', occurredAt + QUIET_MS)
      state.put(latest, '', Float64Array.of(occurredAt, 0))
      requestScore(customerId)
    }),
  ],
  outputs: [alerts],
  persons: byKey,
  state: [latest],
  decisionState: [raisedAlert],
  features: noFeatures,
  merge(state, other) {
    mergeKind(state, other, latest, laterSlots(0))
  },
  mergeDecisions: mergeRaised,
  commitWithinMs: 1_000,
  onTimer(state, name, at, requestScore) {
    const [movedAt] = state.get(latest, '')!
    if (at < movedAt! + QUIET_MS) return state.setTimer(name, movedAt! + QUIET_MS)
    state.put(latest, '', Float64Array.of(movedAt!, 1))
    requestScore(state.key)
  },
  *subjects(state) {
    if (state.get(latest, '') !== undefined) yield state.key
  },
  row(state) {
    const [at, dormant] = state.get(latest, '')!
    return { at: at!, dormant: dormant === 1 }
  },
  decide(decisionState, { key, id, source, rowContext }, _globals, emit) {
    if (!updateAlertState(decisionState, rowContext.dormant)) return
    emit(
      message(alerts, {
        id,
        occurredAt: rowContext.at,
        source,
        kind: 'dormant-customer',
        customerId: key,
        subjectId: key,
        raised: rowContext.dormant,
        text: rowContext.dormant ? `No movement for ${QUIET_DAYS} days.` : 'The account moves again.',
        probability: null,
        threshold: null,
        reasons: [],
      }),
    )
  },
})
