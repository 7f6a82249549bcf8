import { slotsKind, type Memory } from '../../features/keyed-state.ts'
import {
  interestsOf,
  organisationKinds,
  organisationView,
  rememberBought,
  rememberContact,
  rememberOrganisation,
  type OrganisationView,
} from '../../features/recommendations/organisation-memory.ts'
import { organisationFeatures as features } from '../../features/recommendations/organisation.ts'
import { stageOf } from '../../features/recommendations/stage.ts'
import { unitHash } from '../../features/string-hash.ts'
import { purchases } from '../../schemas/customers/banking.ts'
import { dictionaries, DICTIONARY } from '../../schemas/recommendations/dictionary.ts'
import type { Envelope } from '../../schemas/avro/schema.ts'
import { recommendations, type Recommendation } from '../../schemas/recommendations/recommendations.ts'
import { scores } from '../../schemas/models/scores.ts'
import { releases } from '../../schemas/models/releases.ts'
import { thresholds } from '../../schemas/loans/thresholds.ts'
import { message } from '../../schemas/topic.ts'
import { contacts, opportunities, organisations } from '../../schemas/visits/visits.ts'
import { deliveredDictionary } from './default-dictionary.ts'
import { opportunityKind, rememberOpportunity } from '../visits/opportunity-record.ts'
import { input, processor, type Facts, type Globals } from '../processor.ts'
import { recommended, RECOMMENDATION_THRESHOLD, unknownTo, type Audience } from './recommended.ts'
import { scoreMessage } from '../score-message.ts'

const name = 'recommendations'
const task = 'recommendation'

/** The latest event time of the key, over all topics. */
const latest = slotsKind('latest', 1)
/** What was published last, as a hash of 52 bits. */
const published = slotsKind('published', 1)

interface RecommendationFacts extends Facts, Audience {}

/** Recommends characteristics of products to organisations, whenever what is known of one changes (spec R1 to R5). */
export const recommendationsProcessor = processor<RecommendationFacts>({
  name,
  version: 1,
  purpose: 'Says which characteristics of products to put forward to an organisation at the stage where the talks are.',
  inputs: [
    input(organisations, (state, event, touch) => {
      if (rememberOrganisation(state, event)) seen(state, event, touch)
    }),
    input(contacts, (state, event, touch) => {
      if (rememberContact(state, event)) seen(state, event, touch)
    }),
    input(opportunities, (state, event, touch) => {
      if (rememberOpportunity(state, event)) seen(state, event, touch)
    }),
    input(purchases, (state, event, touch) => {
      rememberBought(state, event)
      seen(state, event, touch)
    }),
  ],
  outputs: [scores, recommendations],
  state: [...organisationKinds, opportunityKind, latest],
  standing: [published],
  features,
  task,
  coalesce: true,
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
  decide(standing, judged, globals, emit) {
    const { key, id, source, facts, given, outputs, modelId, probability, absent } = judged
    // What is shown as the score is the highest of them.
    const best = probability === null ? null : given.reduce((most, one) => Math.max(most, one), 0)
    const { subject, cause, row } = judged
    emit(scoreMessage({ key, subject, id, source, cause, facts, row, probability: best, modelId, absent }, { task, features }))
    const { dictionary, threshold } = recommendingUnder(globals)
    const items = probability === null ? [] : recommended(outputs, given, threshold, dictionary, facts)
    const unknownToModel = probability === null ? [] : unknownTo(outputs, dictionary)
    const list = { stage: facts.stage, items, unknownToModel, absent }
    const fingerprint = fingerprintOf(list)
    if (standing.get(published, '')?.[0] === fingerprint) return
    standing.put(published, '', Float64Array.of(fingerprint))
    emit(
      message(recommendations, {
        id: `${id}/list`,
        occurredAt: facts.at,
        source,
        customerId: key,
        ...list,
        threshold,
        modelId: probability === null ? null : modelId,
        modelDictionaryVersion: probability === null ? null : (globals.model(task)?.dictionaryVersion ?? null),
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

/** What people set, as it is in force. */
export function recommendingUnder(globals: Pick<Globals, 'get'>) {
  return {
    dictionary: globals.get(dictionaries, DICTIONARY) ?? deliveredDictionary,
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

function viewOf(memory: Memory): OrganisationView | undefined {
  return organisationView(
    memory,
    Array.from(memory.scan(opportunityKind), ([, opportunity]) => opportunity),
  )
}

function seen(memory: Memory, { occurredAt }: Envelope, touch: (subject: string) => void): void {
  const before = memory.get(latest, '')?.[0] ?? Number.NEGATIVE_INFINITY
  if (occurredAt > before) memory.put(latest, '', Float64Array.of(occurredAt))
  touch(memory.key)
}

/** Two lists are the same where people would see no difference: probabilities count in whole per cent. */
function fingerprintOf({
  stage,
  items,
  unknownToModel,
  absent,
}: Pick<Recommendation, 'stage' | 'items' | 'unknownToModel' | 'absent'>): number {
  const shown = items.map((item) => ({ ...item, probability: Math.round(100 * item.probability) }))
  return unitHash(JSON.stringify([stage, shown, unknownToModel, absent])) * 2 ** 52
}
