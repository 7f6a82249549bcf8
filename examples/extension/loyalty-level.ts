import { input, message, processor, recordState, record, string } from 'scoreline/extensions'
import { loyaltyFeatures } from './loyalty-features.ts'
import { loyaltyLevels, loyaltyPoints, type LoyaltyLevel } from './loyalty-topics.ts'

const SILVER_FROM = 1_000
const GOLD_FROM = 5_000

const published = recordState('published', record('PublishedLevel', 'The level published last.', { level: string }))

const levelOf = (points: number): LoyaltyLevel['level'] =>
  points >= GOLD_FROM ? 'gold' : points >= SILVER_FROM ? 'silver' : 'none'

/** Publishes the loyalty level of a customer when it changes. */
export const loyaltyLevel = processor<{ readonly at: number }>({
  name: 'loyalty-level',
  version: 1,
  purpose: 'Publishes the loyalty level of a customer when it changes.',
  inputs: [
    input(loyaltyPoints, (state, event, requestScore) => {
      loyaltyFeatures.fold(state, event)
      requestScore(event.customerId)
    }),
  ],
  outputs: [loyaltyLevels],
  state: loyaltyFeatures.kinds,
  decisionState: [published],
  features: loyaltyFeatures,
  *subjects(state) {
    if (Number.isFinite(loyaltyFeatures.latest(state))) yield state.key
  },
  row(state, _subject, row) {
    const at = loyaltyFeatures.latest(state)
    loyaltyFeatures.row(state, at, row, 0)
    return { at }
  },
  decide(decisionState, { key, id, source, row, rowContext }, _globals, emit) {
    const points30d = row[0]!
    const level = levelOf(points30d)
    if (level === (decisionState.get(published, '')?.level ?? 'none')) return
    decisionState.put(published, '', { level })
    emit(message(loyaltyLevels, { id, occurredAt: rowContext.at, source, customerId: key, level, points30d }))
  },
})
