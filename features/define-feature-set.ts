import type { Envelope } from '../schemas/avro/schema.ts'
import type { Topic } from '../schemas/topic.ts'
import { mergeSlots, type Aggregation, type ReadContext, type Read, type Reading } from './aggregation.ts'
import { featureSetId, type FeatureDescription, type Numbers, type TopicFeatures } from './feature-set.ts'
import { numericState, type StateDescriptor, type KeyedState } from './keyed-state.ts'
import { tileReadersOf, type TileReader } from './tile-reader.ts'
import { layoutOf, type Layout, type Window } from './tiles.ts'

/** A feature: one number of the row. */
export interface FeatureDefinition<Event> {
  readonly value: Reading<Event>
  /** Window of event time whose events count; without it all events count. */
  readonly within?: Window
  readonly meaning: string
  readonly unit: string
  readonly hashed?: string
  /** Source fields of the event. */
  readonly from: readonly (keyof Event & string)[]
  readonly protected?: boolean
}

/** Defines a feature over several windows: `spent` becomes `spent24h`, `spent7d`, … */
export function overWindows<Event>(
  name: string,
  spans: readonly Window[],
  definition: Omit<FeatureDefinition<Event>, 'within'>,
): Record<string, FeatureDefinition<Event>> {
  return Object.fromEntries(
    spans.map((within) => [
      `${name}${within}`,
      {
        ...definition,
        within,
        meaning: `${definition.meaning}, last ${within === '24h' ? '24 hours' : `${Number.parseInt(within)} days`}`,
      },
    ]),
  )
}

/** Slot 0 of the base record: the latest event time. */
const LATEST = 0
const RECORD = ''

/** A feature set that knows the time of its key's latest event. */
export interface DefinedFeatures<Event extends Envelope> extends TopicFeatures<Event> {
  /** Time of the key’s latest event, in ms; −∞ before the first. */
  latest(state: KeyedState): number
}

interface BoundFeature {
  readonly read: Read
  /** The slots to read: those of a window, or `undefined` for the base record. */
  readonly windowSlots: Float64Array | undefined
}

/**
 * Builds a feature set from its definitions. All slots are side by side in one base record (kind `name`), those of
 * windows in tiles (kinds `name-hours` and `name-days`): an event rewrites the base record, its tile of each kind, and
 * the records of the values that it names.
 */
export function defineFeatureSet<Event extends Envelope>(
  name: string,
  version: number,
  topic: Topic<Event>,
  definitions: Readonly<Record<string, FeatureDefinition<Event>>>,
): DefinedFeatures<Event> {
  const entries = Object.entries(definitions)
  const aggregationsOf = (chosen: (window: Window | undefined) => boolean): Set<Aggregation<Event>> =>
    new Set(entries.flatMap(([, { value, within }]) => (chosen(within) ? value.aggregations : [])))
  const base = layoutOf(
    aggregationsOf((window) => window === undefined),
    1,
  )
  const baseKind = numericState(name, base.slots)

  const spans = new Set(entries.flatMap(([, { within }]) => (within === undefined ? [] : [within])))
  const tileReaders = tileReadersOf(name, spans, (chosen) =>
    aggregationsOf((window) => window !== undefined && chosen(window)),
  )

  const bound = entries.map(([, { value, within }]) => bind(value, within, base, tileReaders))
  // Parallel arrays: these loops run for every event, over closures of many shapes.
  const folds = base.aggregations.map((aggregation) => aggregation.fold.bind(aggregation))
  const starts = Int32Array.from(base.aggregations, (aggregation) => base.startOf(aggregation))
  const reads = bound.map(({ read }) => read)
  const windowSlots = bound.map((feature) => feature.windowSlots)
  const ownKinds = new Set(base.aggregations.flatMap(({ kinds = [] }) => kinds))
  const moment: { at: number; state: KeyedState | undefined } = { at: 0, state: undefined }

  function newBase(): Float64Array {
    const slots = new Float64Array(base.slots)
    base.init(slots)
    slots[LATEST] = Number.NEGATIVE_INFINITY
    return slots
  }

  function read(slots: Float64Array, state: KeyedState, at: number, row: Numbers, offset: number): void {
    for (const reader of tileReaders) reader.merge(state, at, slots[LATEST]!)
    moment.at = at
    moment.state = state
    for (let i = 0; i < reads.length; i++) reads[i]!(windowSlots[i] ?? slots, moment as ReadContext, row, offset + i)
    moment.state = undefined
  }
  const blank = emptyRow(name, reads.length, (state, at, row) => read(newBase(), state, at, row, 0))

  return {
    id: featureSetId(name, version),
    topic,
    names: entries.map(([feature]) => `${name}.${feature}`),
    descriptions: entries.map(([feature, definition]) => describeFeature(`${name}.${feature}`, topic.name, definition)),
    kinds: [
      baseKind,
      ...tileReaders.map(({ tiles }) => tiles.kind),
      ...ownKinds,
    ] as readonly StateDescriptor<unknown>[],
    latest: (state) => state.get(baseKind, RECORD)?.[LATEST] ?? Number.NEGATIVE_INFINITY,
    fold(state, event) {
      const at = event.occurredAt
      const slots = state.get(baseKind, RECORD) ?? newBase()
      if (at > slots[LATEST]!) slots[LATEST] = at
      for (let i = 0; i < folds.length; i++) folds[i]!(slots, starts[i]!, event, state)
      state.put(baseKind, RECORD, slots)
      for (const { tiles } of tileReaders) tiles.fold(state, event, at, slots[LATEST]!)
    },
    merge: (state, other) => mergeFeatures({ baseKind, base, tileReaders, newBase }, state, other),
    row(state: KeyedState, at: number, row: Numbers, offset: number) {
      const slots = state.get(baseKind, RECORD)
      if (slots === undefined) row.set(blank, offset)
      else read(slots, state, at, row, offset)
    },
  }
}

interface MergedFeatures<Event> {
  readonly baseKind: StateDescriptor<Float64Array>
  readonly base: Layout<Event>
  readonly tileReaders: readonly TileReader<Event>[]
  readonly newBase: () => Float64Array
}

function mergeFeatures<Event>(
  { baseKind, base, tileReaders, newBase }: MergedFeatures<Event>,
  state: KeyedState,
  other: KeyedState,
): void {
  const theirs = other.get(baseKind, RECORD)
  if (theirs === undefined) return
  const slots = state.get(baseKind, RECORD) ?? newBase()
  slots[LATEST] = Math.max(slots[LATEST]!, theirs[LATEST]!)
  for (const aggregation of base.aggregations)
    combine(aggregation, slots, base.startOf(aggregation), theirs, state, other)
  state.put(baseKind, RECORD, slots)
  for (const { tiles } of tileReaders) tiles.join(state, other, slots[LATEST])
}

function combine<Event>(
  aggregation: Aggregation<Event>,
  slots: Float64Array,
  start: number,
  other: Float64Array,
  state: KeyedState,
  otherState: KeyedState,
): void {
  if (aggregation.combine !== undefined) aggregation.combine(slots, start, other, state, otherState)
  else if (aggregation.merge !== undefined) mergeSlots(slots, start, other, aggregation.merge)
  else throw new Error('An aggregation does not say how it combines with that of another key.')
}

/** Returns the row of a key without events, which is the same for every key at any time; throws if it is not. */
function emptyRow(
  name: string,
  width: number,
  read: (state: KeyedState, at: number, row: Float64Array) => void,
): Float64Array {
  const rows = [0, Date.UTC(2100, 0)].map((at) => {
    const row = new Float64Array(width)
    read(EMPTY_STATE, at, row)
    return row
  })
  if (!rows[0]!.every((number, index) => Object.is(number, rows[1]![index])))
    throw new Error(`${name} has a feature that changes with time before the first event.`)
  return rows[0]!
}

const EMPTY_STATE: KeyedState = {
  ...{ key: '', get: () => undefined, put() {}, delete() {}, scan: () => [], look() {} },
  derived: (view) => view.of([]),
  count: () => 0,
}

function bind<Event>(
  value: Reading<Event>,
  within: Window | undefined,
  base: Layout<Event>,
  tileReaders: readonly TileReader<Event>[],
): BoundFeature {
  if (within === undefined) return { read: value.bind(base.startOf), windowSlots: undefined }
  const reader = tileReaders.find(({ slotsOf }) => slotsOf.has(within))!
  return { read: value.bind(reader.tiles.layout.startOf), windowSlots: reader.slotsOf.get(within)! }
}

function describeFeature<Event>(
  name: string,
  topic: string,
  { meaning, unit, hashed, from, protected: isProtected }: FeatureDefinition<Event>,
): FeatureDescription {
  const sources = from.map((field) => `${topic}.${field}`)
  return {
    name,
    meaning,
    unit,
    sources,
    ...(hashed === undefined ? {} : { hashed }),
    ...(isProtected === true ? { protected: true } : {}),
  }
}
