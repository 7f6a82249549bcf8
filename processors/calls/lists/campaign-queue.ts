import { largerBy, largestOf, laterSlots, mergeKind, newerOf } from '../../../features/merge-kinds.ts'
import {
  ANSWERED_HOURS_SLOTS,
  answerRates,
  bestHourOf,
  countCall,
} from '../../../features/calls/lists/answered-hours.ts'
import { entryProgress, type DispositionValue, type MadeCall } from '../../../features/calls/lists/entry-progress.ts'
import { isPlace } from '../../../features/calls/permission/local-time.ts'
import { profileKind, rememberProfile, mergeProfile } from '../../../features/customers/remembered-profile.ts'
import { keepLatest, numericState, recordState } from '../../../features/keyed-state.ts'
import { isNewerEvent } from '../../../features/newer-revision.ts'
import { callAttempts } from '../../../schemas/calls/call-attempts.ts'
import { CampaignEntry, campaignEntries } from '../../../schemas/calls/campaign-entries.ts'
import { campaignQueue, QueuedEntry } from '../../../schemas/calls/campaign-queue.ts'
import { campaigns, type Campaign } from '../../../schemas/calls/campaigns.ts'
import { calls } from '../../../schemas/calls/calls.ts'
import { dispositions } from '../../../schemas/calls/dispositions.ts'
import { profiles } from '../../../schemas/customers/profiles.ts'
import { EventError } from '../../../schemas/event-error.ts'
import { scores } from '../../../schemas/models/scores.ts'
import { interests, type Interest } from '../../../schemas/recommendations/interests.ts'
import { message } from '../../../schemas/topic.ts'
import { input, noFeatures, processor, type RequestScore, type RowContext, type State } from '../../processor.ts'
import { defaultDispositions } from './default-dispositions.ts'
import { interestIn, interestsKind, rememberInterests } from './known-interests.ts'
import { endedKind, giveUpCalls, madeCalls, mergeCalls, rememberCall, rememberStep, steppedKind } from './made-calls.ts'
import { byKey } from '../../../schemas/persons.ts'

/** Lists per customer; the limit bounds the cost of each of the customer’s events. */
const LISTS_MAX = 200

/** Ranks unscored customers below scored ones; without a model, the order is that of the value. */
const PROBABILITY_IF_UNSCORED = 0.001
/** Floor of the interest, so that a customer of unknown interest never ranks above a known one of the same value. */
const INTEREST_MIN = 0.001

const entryKind = recordState('entry', CampaignEntry)
/** The probability that a call converts, and when it was scored, ms. */
const scoreKind = numericState('score', 2)
const hoursKind = numericState('hours', ANSWERED_HOURS_SLOTS)
/** The latest event time of the customer, ms. */
const seenKind = numericState('seen', 1)
const published = recordState('published', QueuedEntry)

interface QueueFacts extends RowContext {
  readonly entry: CampaignEntry
  readonly calls: readonly MadeCall[]
  readonly probability: number | null
  readonly interests: readonly Interest[]
  readonly rates: readonly number[]
  readonly timeZone: string | null
}

/** Publishes a customer’s entry in each campaign’s list: when to call, how valuable a call is, and the best hour. */
export const campaignQueueProcessor = processor<QueueFacts>({
  name: 'campaign-queue',
  version: 2,
  purpose:
    'Publishes where each customer stands on the lists of campaigns: from when on to be called, after which outcomes, how valuable a call is expected to be or how much the customer wants the product, and in which hour calls are answered.',
  inputs: [
    input(campaignEntries, (state, entry, requestScore) => {
      const held = state.get(entryKind, entry.campaign)
      if (held !== undefined && !isNewerEvent(entry, held)) return
      if (held === undefined && state.count(entryKind) >= LISTS_MAX)
        throw new EventError('FOLD_FAILED', `The customer is on ${LISTS_MAX} lists already.`)
      state.put(entryKind, entry.campaign, entry)
      keepLatest(state, seenKind, '', entry.occurredAt)
      requestScore(entry.campaign)
    }),
    input(callAttempts, (state, step, requestScore) => {
      rememberStep(state, step)
      keepLatest(state, seenKind, '', step.occurredAt)
      requestScore(step.campaign)
    }),
    input(calls, (state, call, requestScore) => {
      if (call.direction !== 'outbound') return
      const hours = state.get(hoursKind, '') ?? new Float64Array(ANSWERED_HOURS_SLOTS)
      countCall(hours, call.occurredAt, call.answered)
      state.put(hoursKind, '', hours)
      rememberCall(state, call)
      requestAll(state, call.occurredAt, requestScore)
    }),
    input(profiles, (state, profile, requestScore) => {
      rememberProfile(state, profile)
      requestAll(state, profile.occurredAt, requestScore)
    }),
    input(scores, (state, { task, probability, occurredAt }, requestScore) => {
      if (task !== 'call-conversion') return
      const [, at] = state.get(scoreKind, '') ?? [Number.NaN, Number.NEGATIVE_INFINITY]
      if (occurredAt < at!) return
      state.put(scoreKind, '', Float64Array.of(probability ?? Number.NaN, occurredAt))
      requestAll(state, occurredAt, requestScore)
    }),
    input(interests, (state, event, requestScore) => {
      if (rememberInterests(state, event)) requestAll(state, event.occurredAt, requestScore)
    }),
  ],
  outputs: [campaignQueue],
  persons: byKey,
  state: [entryKind, steppedKind, endedKind, scoreKind, hoursKind, profileKind, seenKind, interestsKind],
  decisionState: [published],
  features: noFeatures,
  emitLatestOnly: true,
  globalTables: [dispositions],
  // Only the order of a campaign’s list matters here: pausing the campaign re-evaluates nothing.
  reevaluateOn: [[campaigns]],
  merge(state, other) {
    // Whoever was taken off a list stays off it.
    mergeKind(state, other, entryKind, (mine, theirs) =>
      mine.removed === theirs.removed ? newerOf(mine, theirs) : mine.removed ? mine : theirs,
    )
    mergeCalls(state, other)
    mergeKind(state, other, scoreKind, laterSlots(1))
    mergeKind(state, other, hoursKind, (mine, theirs) => mine.map((calls, slot) => calls + theirs[slot]!))
    mergeProfile(state, other)
    mergeKind(state, other, seenKind, largestOf)
    mergeKind(
      state,
      other,
      interestsKind,
      largerBy(({ occurredAt }) => occurredAt),
    )
  },
  commitWithinMs: 500,
  onTimer(state, campaign, at, requestScore) {
    giveUpCalls(state, campaign, at)
    keepLatest(state, seenKind, '', at)
    requestScore(campaign)
  },
  *subjects(state) {
    for (const [campaign] of state.scan(entryKind)) yield campaign
  },
  row(state, campaign) {
    const entry = state.get(entryKind, campaign)
    if (entry === undefined) return undefined
    const zone = state.get(profileKind, '')?.timeZone
    const timeZone = zone !== undefined && isPlace(zone) ? zone : null
    const hours = state.get(hoursKind, '')
    const at = state.get(seenKind, '')![0]!
    const probability = state.get(scoreKind, '')?.[0] ?? Number.NaN
    return {
      ...{ at, entry, timeZone },
      calls: madeCalls(state, campaign),
      probability: Number.isNaN(probability) ? null : probability,
      interests: state.get(interestsKind, '')?.interests ?? [],
      rates: timeZone === null || hours === undefined ? [] : answerRates(hours, timeZone, at),
    }
  },
  decide(memory, { subject, id, source, rowContext }, globals, emit) {
    const meaningOf = (code: string): DispositionValue | undefined =>
      globals.get(dispositions, code) ?? defaultDispositions.get(code)
    const now: QueuedEntry = {
      id,
      occurredAt: rowContext.at,
      source,
      ...standingOf(rowContext, meaningOf, globals.get(campaigns, subject)),
    }
    const before = memory.get(published, subject)
    if (before !== undefined && isSame(before, now)) return
    memory.put(published, subject, now)
    emit(message(campaignQueue, now))
  },
})

function standingOf(
  { entry, calls: made, probability, interests: wanted, rates, timeZone }: QueueFacts,
  meaningOf: (code: string) => DispositionValue | undefined,
  ordered: Pick<Campaign, 'order' | 'product'> | undefined,
): Omit<QueuedEntry, 'id' | 'occurredAt' | 'source'> {
  const { customerId, campaign, list, phone, notBefore, removed } = entry
  const value = entry.value ?? 1
  const last = made.at(-1)
  const product = ordered?.order === 'best-interest' ? ordered.product : null
  const interest = product === null ? null : interestIn(wanted, product)
  return {
    ...{ customerId, campaign, list, phone, value, probability, timeZone },
    ...entryProgress({ notBefore, removed }, made, meaningOf),
    attempts: made.length,
    lastAttemptId: last?.attemptId ?? null,
    lastAttemptAt: last?.at ?? null,
    expectedValue: value * (probability ?? PROBABILITY_IF_UNSCORED),
    interest,
    interestValue: product === null ? null : value * Math.max(interest ?? INTEREST_MIN, INTEREST_MIN),
    bestHour: bestHourOf(rates),
    answerRates: rates.map(Math.fround),
  }
}

/** Requests a score for each list that the customer is on; most customers are on none. */
function requestAll(state: State, at: number, requestScore: RequestScore): void {
  if (state.count(entryKind) === 0) return
  keepLatest(state, seenKind, '', at)
  for (const [campaign] of state.scan(entryKind)) requestScore(campaign)
}

/** Fields whose change is published: all but `id` and `occurredAt`, which differ with every event. */
const PUBLISHED_FIELDS = (Object.keys(QueuedEntry.fields) as (keyof QueuedEntry)[]).filter(
  (field) => field !== 'id' && field !== 'occurredAt',
)

/** Compares field by field, since a record read back from the store has its fields in another order. */
function isSame(one: QueuedEntry, other: QueuedEntry): boolean {
  return PUBLISHED_FIELDS.every((field) => JSON.stringify(one[field]) === JSON.stringify(other[field]))
}
