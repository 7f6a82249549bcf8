import { customerFeatures } from '../../features/customers/customer.ts'
import { recentlyViewed, recentlyViewedKind, rememberViewed } from '../../features/recommendations/recently-viewed.ts'
import { recordState } from '../../features/keyed-state.ts'
import { unitHash } from '../../features/string-hash.ts'
import { preferenceFeatures, tasteFeatures } from '../../features/recommendations/tastes.ts'
import { interactions } from '../../schemas/customers/interactions.ts'
import { interests, type Interest } from '../../schemas/recommendations/interests.ts'
import { array, double, record, timestamp, type TypeOf } from '../../schemas/avro/schema.ts'
import { scores } from '../../schemas/models/scores.ts'
import { shadowScores } from '../../schemas/models/shadow-scores.ts'
import { releases } from '../../schemas/models/releases.ts'
import { message } from '../../schemas/topic.ts'
import { input, scorer } from '../processor.ts'
import { scoreMessage } from '../score-message.ts'

const name = 'interests'
const task = 'preferences'

const Published = record('PublishedInterests', 'What was published last: by which model, as a hash, and when.', {
  model: double,
  at: timestamp,
  given: array(double),
})
type Published = TypeOf<typeof Published>
const published = recordState('published', Published)

/** Smaller changes of a probability are not published. */
const MATERIAL = 0.02
/** Interests are published at least daily, since each day’s row is training data. */
const SILENCE_MAX_MS = 86_400_000

/** Estimates a customer’s interest in each product from the customer’s features and views (spec C5). */
export const interestsScorer = scorer<{ readonly at: number; readonly lookedAt: readonly string[] }>({
  name,
  version: 3,
  purpose: 'Estimates how likely each customer is to accept each product or service.',
  inputs: [
    input(interactions, (state, event) => {
      tasteFeatures.fold(state, event)
      rememberViewed(state, event)
    }),
  ],
  state: [recentlyViewedKind, ...tasteFeatures.kinds],
  merge(state, other) {
    tasteFeatures.merge(state, other)
    for (const { name, at } of other.get(recentlyViewedKind, '')?.things ?? [])
      rememberViewed(state, { item: name, occurredAt: at })
  },
  outputs: [scores, shadowScores, interests],
  decisionState: [published],
  features: preferenceFeatures,
  task,
  emitLatestOnly: true,
  row(state, _subject, row, { at }) {
    tasteFeatures.row(state, at, row, customerFeatures.names.length)
    return { at, lookedAt: recentlyViewed(state) }
  },
  decide(decisionState, scored, _globals, emit) {
    const { id, source, key, rowContext, outputs, outputNames, modelId, unscoredReason } = scored
    const now: Published = { model: unitHash(modelId ?? ''), at: rowContext.at, given: [...outputs] }
    const before = decisionState.get(published, '')
    if (before !== undefined && isSame(before, now)) return
    decisionState.put(published, '', now)
    const ranked = rankInterests(outputNames, now.given)
    const { subject, cause, row } = scored
    const best = ranked[0]?.probability ?? null
    emit(
      scoreMessage(
        { key, subject, id, source, cause, rowContext, row, probability: best, modelId, unscoredReason },
        { task, features: preferenceFeatures },
      ),
    )
    const list = {
      customerId: key,
      interests: ranked,
      modelId: best === null ? null : modelId,
      absent: unscoredReason,
      lookedAt: rowContext.lookedAt,
    }
    emit(message(interests, { id: `${id}/interests`, occurredAt: rowContext.at, source, ...list }))
  },
  reevaluateOn: [[releases, task]],
})

/** Ranks products by probability, the strongest first; ties are in order of name. */
function rankInterests(products: readonly string[], given: ArrayLike<number>): Interest[] {
  return products
    .map((product, output) => ({ product, probability: given[output]! }))
    .filter(({ probability }) => Number.isFinite(probability))
    .sort((one, other) => other.probability - one.probability || (one.product < other.product ? -1 : 1))
}

function isSame(before: Published, now: Published): boolean {
  if (now.at - before.at >= SILENCE_MAX_MS || before.model !== now.model || before.given.length !== now.given.length)
    return false
  return now.given.every((probability, output) => Math.abs(probability - before.given[output]!) < MATERIAL)
}
