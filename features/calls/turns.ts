import { largerBy, mergeKind } from '../merge-kinds.ts'
import { DAY_MS, HOUR_MS } from '../../schemas/durations.ts'
import { array, boolean, int, nullable, record, string, timestamp, type TypeOf } from '../../schemas/avro/schema.ts'
import type { CallTurn, TurnAnalysis } from '../../schemas/calls/turns.ts'
import { callFeatures } from './calls.ts'
import type { DescribedFeatures, Numbers } from '../feature-set.ts'
import { recordState, type KeyedState } from '../keyed-state.ts'
import { timeZoneOf } from '../customers/remembered-profile.ts'
import { valueCode } from '../string-hash.ts'
import { zoneOffsetMinutes } from '../time-zone.ts'

/** 1970-01-01 was a Thursday: the fourth day of a week that begins on Monday. */
const FIRST_WEEKDAY = 3
/** Maximum number of earlier intents remembered per call. */
const EARLIER_MAX = 20

const EarlierIntent = record('EarlierIntent', 'What a former turn of the call was about.', {
  turn: int,
  intent: string,
  solved: nullable(boolean),
})

const Conversation = record('Conversation', 'The call that the customer is in.', {
  callId: string,
  turn: int,
  channel: string,
  saidAt: timestamp,
  previousSaidAt: nullable(timestamp),
  holiday: nullable(boolean),
  earlier: array(EarlierIntent),
})
type Conversation = TypeOf<typeof Conversation>

const conversationKind = recordState<Conversation>('conversation', Conversation)

/**
 * Adds a turn of the customer, the agent or the system to the conversation; a turn of another call starts a new one.
 */
export function rememberTurn(state: KeyedState, turn: CallTurn): void {
  const stored = state.get(conversationKind, '')
  const same = stored?.callId === turn.callId ? stored : undefined
  const earlier = same?.earlier ?? []
  state.put(conversationKind, '', {
    callId: turn.callId,
    turn: turn.turn,
    channel: turn.channel,
    saidAt: turn.occurredAt,
    previousSaidAt: same?.saidAt ?? null,
    holiday: turn.holiday ?? same?.holiday ?? null,
    earlier: turn.solved === null ? earlier : withLastSolved(earlier, turn.solved),
  })
}

/** Keeps the conversation of another customer's state if it is the later one. */
export function mergeConversation(state: KeyedState, other: KeyedState): void {
  mergeKind(
    state,
    other,
    conversationKind,
    largerBy(({ saidAt }) => saidAt),
  )
}

/** Adds the analysis of a turn. Analyses of earlier calls are ignored. */
export function rememberAnalysis(state: KeyedState, { callId, turn, intent }: TurnAnalysis): void {
  const stored = state.get(conversationKind, '')
  if (stored === undefined || stored.callId !== callId || intent === null) return
  const others = stored.earlier.filter((one) => one.turn !== turn)
  const solved = stored.earlier.find((one) => one.turn === turn)?.solved ?? null
  const earlier = [...others, { turn, intent, solved }].sort((one, other) => one.turn - other.turn).slice(-EARLIER_MAX)
  state.put(conversationKind, '', { ...stored, earlier })
}

function withLastSolved(earlier: Conversation['earlier'], solved: boolean): Conversation['earlier'] {
  const last = earlier.at(-1)
  return last === undefined ? earlier : [...earlier.slice(0, -1), { ...last, solved }]
}

interface TurnFeature {
  readonly name: string
  readonly meaning: string
  readonly unit: string
  readonly sources: readonly string[]
  readonly value: (conversation: Conversation, localAt: number) => number
}

/** Features of the conversation up to its latest turn. */
const conversationFeatures: readonly TurnFeature[] = [
  {
    name: 'hour',
    meaning: 'Local hour of the turn',
    unit: 'hour, 0 to 23',
    sources: ['turns.occurredAt', 'profiles.timeZone'],
    value: (_, localAt) => Math.floor(modulo(localAt, DAY_MS) / HOUR_MS),
  },
  {
    name: 'weekday',
    meaning: 'Local day of the week',
    unit: '1 is Monday, 7 is Sunday',
    sources: ['turns.occurredAt', 'profiles.timeZone'],
    value: (_, localAt) => weekdayOf(localAt),
  },
  {
    name: 'weekend',
    meaning: 'Saturday or Sunday',
    unit: '1 or 0',
    sources: ['turns.occurredAt', 'profiles.timeZone'],
    value: (_, localAt) => (weekdayOf(localAt) > 5 ? 1 : 0),
  },
  {
    name: 'holiday',
    meaning: 'Public holiday',
    unit: '1 or 0',
    sources: ['turns.holiday'],
    value: ({ holiday }) => flag(holiday),
  },
  {
    name: 'number',
    meaning: 'Number of the turn in the call',
    unit: 'turns',
    sources: ['turns.turn'],
    value: ({ turn }) => turn,
  },
  {
    name: 'pause',
    meaning: 'Time since the previous turn',
    unit: 'seconds',
    sources: ['turns.occurredAt'],
    value: ({ saidAt, previousSaidAt }) => (previousSaidAt === null ? Number.NaN : (saidAt - previousSaidAt) / 1_000),
  },
  {
    name: 'channel',
    meaning: 'Channel of the call',
    unit: 'code',
    sources: ['turns.channel'],
    value: ({ channel }) => valueCode(channel),
  },
  {
    name: 'lastIntent',
    meaning: 'Latest intent before the turn',
    unit: 'code',
    sources: ['turn-analyses.intent'],
    value: (conversation) => intentCode(conversation, -1),
  },
  {
    name: 'intentBefore',
    meaning: 'Intent before that one',
    unit: 'code',
    sources: ['turn-analyses.intent'],
    value: (conversation) => intentCode(conversation, -2),
  },
  {
    name: 'lastSolved',
    meaning: 'Whether the latest request is solved',
    unit: '1 or 0',
    sources: ['turns.solved'],
    value: ({ earlier, turn }) => flag(before(earlier, turn).at(-1)?.solved ?? null),
  },
  {
    name: 'unsolvedShare',
    meaning: 'Share of the earlier intents that were not solved',
    unit: 'share',
    sources: ['turns.solved', 'turn-analyses.intent'],
    value({ earlier, turn }) {
      const known = before(earlier, turn).filter(({ solved }) => solved !== null)
      return known.length === 0 ? Number.NaN : known.filter(({ solved }) => solved === false).length / known.length
    },
  },
]

/** Features of the customer’s earlier calls. */
const CALL_FEATURES = [
  'calls.count',
  'calls.answered',
  'calls.satisfactionLast',
  'calls.satisfactionMean',
  'calls.daysSinceLast',
  'calls.durationLast',
]
const callIndexes = CALL_FEATURES.map((name) => callFeatures.names.indexOf(name))
const descriptions = [
  ...conversationFeatures.map(({ name, meaning, unit, sources }) => ({ name: `turn.${name}`, meaning, unit, sources })),
  ...callIndexes.map((place) => {
    const { name, ...about } = callFeatures.descriptions[place]!
    return { ...about, name: `turn.${name.replace('.', '-')}` }
  }),
]

/** Features that hold category codes rather than amounts. */
export const TURN_CATEGORIES: readonly string[] = ['turn.channel', 'turn.lastIntent', 'turn.intentBefore']

/** Features for the intent, besides the words of the turn (spec C11). */
export const turnFeatures: DescribedFeatures = {
  id: 'turn@1',
  names: descriptions.map(({ name }) => name),
  descriptions,
}

export const turnKinds = [conversationKind]

const callRow = new Float64Array(callFeatures.names.length)

/** Fills the row of the latest turn. `at`: when it was spoken, ms. */
export function turnRow(state: KeyedState, at: number, row: Numbers): void {
  const conversation = state.get(conversationKind, '')
  if (conversation === undefined) return
  const localAt = at + zoneOffsetMinutes(timeZoneOf(state), at) * 60_000
  conversationFeatures.forEach(({ value }, place) => (row[place] = value(conversation, localAt)))
  callFeatures.row(state, at, callRow, 0)
  callIndexes.forEach((from, place) => (row[conversationFeatures.length + place] = callRow[from]!))
}

/** Returns the intents before a turn. A correction of the turn must not see the turn’s own earlier analysis. */
function before(earlier: Conversation['earlier'], turn: number): Conversation['earlier'] {
  return earlier.filter((one) => one.turn < turn)
}

function intentCode({ earlier, turn }: Conversation, place: -1 | -2): number {
  const intent = before(earlier, turn).at(place)?.intent
  return intent === undefined ? Number.NaN : valueCode(intent)
}

function weekdayOf(localAt: number): number {
  return 1 + modulo(Math.floor(localAt / DAY_MS) + FIRST_WEEKDAY, 7)
}

function flag(value: boolean | null): number {
  return value === null ? Number.NaN : value ? 1 : 0
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by
}
