import { keepLatest, numericState } from '../../features/keyed-state.ts'
import { message } from '../../schemas/topic.ts'
import { positionCounts, positionHabits } from '../../schemas/visits/position-habits.ts'
import { input, noFeatures, processor, type RowContext } from '../processor.ts'
import { repeatedShare } from './evidence/repeated-share.ts'
import { noPersons } from '../../schemas/persons.ts'

const latestKind = numericState('latest', 1)
/** Number of check-ins with a position, and of those that repeat. */
const countKind = numericState('counts', 2)
const publishedKind = numericState('published', 3)

interface Counts extends RowContext {
  readonly measured: number
  readonly repeated: number
}

/** Smallest change of the share that is published, since each one re-evaluates all visits. */
const CHANGE_MIN = 0.02

/** Adds up how many positions of the organisation repeat: where that is common, repeats are no evidence (spec V5). */
export const positionHabitsProcessor = processor<Counts>({
  name: 'position-habits',
  version: 1,
  purpose: 'Tells how usual it is in the organisation that positions of check-ins repeat to the last digit.',
  inputs: [
    input(positionCounts, (state, { name, measured, repeated, occurredAt }, requestScore) => {
      const [allMeasured, allRepeated] = state.get(countKind, '') ?? [0, 0]
      state.put(countKind, '', Float64Array.of(allMeasured! + measured, allRepeated! + repeated))
      keepLatest(state, latestKind, '', occurredAt)
      requestScore(name)
    }),
  ],
  outputs: [positionHabits],
  persons: noPersons('numbers of positions'),
  state: [countKind, latestKind],
  decisionState: [publishedKind],
  features: noFeatures,
  emitLatestOnly: true,
  *subjects(state) {
    if (state.get(latestKind, '') !== undefined) yield state.key
  },
  row(state) {
    const [measured, repeated] = state.get(countKind, '')!
    return { at: state.get(latestKind, '')![0]!, measured: measured!, repeated: repeated! }
  },
  decide(decisionState, { subject: name, id, source, rowContext }, _globals, emit) {
    const { measured, repeated, at: occurredAt } = rowContext
    const [version, measuredBefore, repeatedBefore] = decisionState.get(publishedKind, '') ?? [0, 0, 0]
    const before = repeatedShare({ measured: measuredBefore!, repeated: repeatedBefore! })
    const now = repeatedShare(rowContext)
    if (now === before || (now !== null && before !== null && Math.abs(now - before) < CHANGE_MIN)) return
    const next = version! + 1
    decisionState.put(publishedKind, '', Float64Array.of(next, measured, repeated))
    emit(message(positionHabits, { id, source, occurredAt, name, version: next, measured, repeated }))
  },
})
