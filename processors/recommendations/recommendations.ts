import { largestOf, mergeKind } from '../../features/merge-kinds.ts'
import { numericState, type KeyedState } from '../../features/keyed-state.ts'
import {
  interestsOf,
  mergeOrganisation,
  organisationKinds,
  organisationView,
  rememberBought,
  rememberContact,
  rememberOrganisation,
  type OrganisationView,
} from '../../features/recommendations/organisation-state.ts'
import { organisationFeatures as features } from '../../features/recommendations/organisation.ts'
import { stageOf } from '../../features/recommendations/stage.ts'
import { unitHash } from '../../features/string-hash.ts'
import { purchases } from '../../schemas/customers/banking.ts'
import { dictionaries, DICTIONARY } from '../../schemas/recommendations/dictionary.ts'
import type { Envelope } from '../../schemas/avro/schema.ts'
import { recommendations, type Recommendation } from '../../schemas/recommendations/recommendations.ts'
import { scores } from '../../schemas/models/scores.ts'
import { shadowScores } from '../../schemas/models/shadow-scores.ts'
import { releases } from '../../schemas/models/releases.ts'
import { thresholds } from '../../schemas/loans/thresholds.ts'
import { message } from '../../schemas/topic.ts'
import { opportunities } from '../../schemas/visits/visits.ts'
import { contacts, organisations } from '../../schemas/recommendations/organisations.ts'
import { defaultDictionary } from './default-dictionary.ts'
import { opportunityKind, mergeOpportunities, rememberOpportunity } from '../visits/opportunity-record.ts'
import { input, processor, type RowContext, type Globals } from '../processor.ts'
import { recommended, RECOMMENDATION_THRESHOLD, unknownTo, type Audience } from './recommended.ts'
import { modelInUse } from '../models/model-in-use.ts'
import { scoreMessage } from '../score-message.ts'
import { byKey } from '../../schemas/persons.ts'

const name = 'recommendations'
const task = 'recommendation'

/** The latest event time of the key, over all topics. */
const latest = numericState('latest', 1)
/** The last publication, as a hash of 52 bits. */
const published = numericState('published', 1)

interface RecommendationFacts extends RowContext, Audience {}

/** Recommends product characteristics to organisations whenever an organisation’s data change (spec R1 to R5). */
export const recommendationsProcessor = processor<RecommendationFacts>({
  name,
  version: 1,
  purpose:
    'Recommends which product characteristics to put forward to an organisation at the current stage of the talks.',
  inputs: [
    input(organisations, (state, event, requestScore) => {
      if (rememberOrganisation(state, event)) seen(state, event, requestScore)
    }),
    input(contacts, (state, event, requestScore) => {
      if (rememberContact(state, event)) seen(state, event, requestScore)
    }),
    input(opportunities, (state, event, requestScore) => {
      if (rememberOpportunity(state, event)) seen(state, event, requestScore)
    }),
    input(purchases, (state, event, requestScore) => {
      rememberBought(state, event)
      seen(state, event, requestScore)
    }),
  ],
  outputs: [scores, shadowScores, recommendations],
  persons: byKey,
  state: [...organisationKinds, opportunityKind, latest],
  decisionState: [published],
  features,
  task,
  emitLatestOnly: true,
  merge(state, other) {
    mergeOrganisation(state, other)
    mergeOpportunities(state, other)
    mergeKind(state, other, latest, largestOf)
  },
  *subjects(state) {
    if (viewOf(state) !== undefined) yield state.key
  },
  row(state, _subject, row) {
    const view = viewOf(state)
    if (view === undefined) return undefined
    const at = state.get(latest, '')![0]!
    const stage = stageOf(view.opportunities)
    features.row({ ...view, stage }, at, row)
    return { at, stage, ...audienceOf(view) }
  },
  decide(decisionState, scored, globals, emit) {
    const { key, id, source, rowContext, outputs, outputNames, modelId, probability, unscoredReason } = scored
    // The highest probability is published as the score.
    const best = probability === null ? null : outputs.reduce((most, one) => Math.max(most, one), 0)
    const { subject, cause, row } = scored
    emit(
      scoreMessage(
        { key, subject, id, source, cause, rowContext, row, probability: best, modelId, unscoredReason },
        { task, features },
      ),
    )
    const { dictionary, threshold } = activeSettings(globals)
    const items = probability === null ? [] : recommended(outputNames, outputs, threshold, dictionary, rowContext)
    const unknownToModel = probability === null ? [] : unknownTo(outputNames, dictionary)
    const list = { stage: rowContext.stage, items, unknownToModel, absent: unscoredReason }
    const fingerprint = fingerprintOf(list)
    if (decisionState.get(published, '')?.[0] === fingerprint) return
    decisionState.put(published, '', Float64Array.of(fingerprint))
    emit(
      message(recommendations, {
        id: `${id}/list`,
        occurredAt: rowContext.at,
        source,
        customerId: key,
        ...list,
        threshold,
        modelId: probability === null ? null : modelId,
        modelDictionaryVersion:
          probability === null ? null : (modelInUse(globals, task, modelId)?.dictionaryVersion ?? null),
        dictionaryVersion: dictionary.version,
      }),
    )
  },
  reevaluateOn: [
    [releases, task],
    [thresholds, task],
    [dictionaries, DICTIONARY],
  ],
})

/** Returns the active dictionary and threshold. */
export function activeSettings(globals: Pick<Globals, 'get'>) {
  return {
    dictionary: globals.get(dictionaries, DICTIONARY) ?? defaultDictionary,
    threshold: globals.get(thresholds, task)?.value ?? RECOMMENDATION_THRESHOLD,
  }
}

export function audienceOf({
  organisation,
  contacts,
}: Pick<OrganisationView, 'organisation' | 'contacts'>): Omit<Audience, 'stage'> {
  return {
    fieldOfActivity: organisation.fieldOfActivity,
    segment: organisation.segment,
    interests: contacts.filter(({ active }) => active).flatMap(interestsOf),
  }
}

function viewOf(memory: KeyedState): OrganisationView | undefined {
  return organisationView(
    memory,
    Array.from(memory.scan(opportunityKind), ([, opportunity]) => opportunity),
  )
}

function seen(memory: KeyedState, { occurredAt }: Envelope, requestScore: (subject: string) => void): void {
  const before = memory.get(latest, '')?.[0] ?? Number.NEGATIVE_INFINITY
  if (occurredAt > before) memory.put(latest, '', Float64Array.of(occurredAt))
  requestScore(memory.key)
}

/**
 * Hashes what users see of a list, with probabilities in whole per cent, so that invisible changes are not published.
 */
function fingerprintOf({
  stage,
  items,
  unknownToModel,
  absent,
}: Pick<Recommendation, 'stage' | 'items' | 'unknownToModel' | 'absent'>): number {
  const shown = items.map((item) => ({ ...item, probability: Math.round(100 * item.probability) }))
  return unitHash(JSON.stringify([stage, shown, unknownToModel, absent])) * 2 ** 52
}
