import type { FeatureNames } from '../features/feature-set.ts'
import type { StateDescriptor, KeyedState } from '../features/keyed-state.ts'
import type { Model } from '../models/model.ts'
import type { Envelope } from '../schemas/avro/schema.ts'
import type { HoldsPersons } from '../schemas/persons.ts'
import type { GlobalTopic, Message, Topic } from '../schemas/topic.ts'

export {
  recordsOf,
  recordState,
  numericState,
  type DerivedView,
  type StateDescriptor,
  type KeyedState,
} from '../features/keyed-state.ts'
export { idPart } from '../features/string-hash.ts'
export { featureMismatch } from '../models/feature-mismatch.ts'
export { isCanaryCustomer } from './models/canary-customers.ts'
export { SAME_SCORE, type Batch, type Model } from '../models/model.ts'

/** A key’s state as a fold sees it: its records and timers. */
export interface State extends KeyedState {
  /**
   * `onTimer` is called with this name once the clock has passed `at` (ms, event time). Setting a timer again moves it.
   */
  setTimer(name: string, at: number): void
  clearTimer(name: string): void
}

/** Requests that a subject of this key, such as an opportunity or the customer itself, be scored and decided again. */
export type RequestScore = (subject: string) => void

export interface Input<Event extends Envelope> {
  readonly topic: Topic<Event>
  /**
   * Folds the event into the key’s state. Synchronous and pure: no clock, randomness, I/O. Throws `EventError` for an
   * event that it rejects.
   */
  fold(state: State, event: Event, requestScore: RequestScore): void
}

/** What is known about a subject besides its features; passed from `row` to `decide`. */
export interface RowContext {
  /** The latest event time in the row, ms. */
  readonly at: number
  /** Input of models that read text. */
  readonly text?: string
  /** When each line of the text was written, ms. */
  readonly lineTimes?: readonly number[]
}

/** A subject with its row and score, ready to be decided on. */
export interface ScoredSubject<F extends RowContext> {
  readonly key: string
  readonly subject: string
  /** Unique per cause and subject and identical in a replay: the id for published messages. */
  readonly id: string
  /**
   * The id under which the processor itself publishes on the subject for this cause: a scorer that decides by the same
   * row can refer to it. `null`: a re-evaluation, in which the processor may publish nothing.
   */
  readonly processorId: string | null
  /** The processor with its version: the source of published messages. */
  readonly source: string
  /** The event that caused the decision; `null` for a re-evaluation. */
  readonly cause: { readonly topic: string; readonly partition: number; readonly offset: number } | null
  readonly rowContext: F
  /** A view that is valid only during `decide`: copy what you keep. */
  readonly row: Float32Array
  /** The model’s outputs; empty without a model. A view that is valid only during `decide`. */
  readonly outputs: Float64Array
  /** The first output. `null`: no model, or no number, see `unscoredReason`. */
  readonly probability: number | null
  /** Names of the model’s outputs. */
  readonly outputNames: readonly string[]
  readonly modelId: string | null
  /** Why the model gave no probability; `null`: it gave one, or there is no task. */
  readonly unscoredReason: string | null
}

/** The global tables: one consistent version for a whole transaction. */
export interface Globals {
  /** Returns the value of a key in a table that the processor declares; `undefined`: never set, or withdrawn. */
  get<T>(table: GlobalTopic<T>, key: string): T | undefined
  /** Returns the model that is released for the task. */
  model(task: string): Model | undefined
  /** Returns the models on trial for the task; `undefined` if there are none. */
  trials?(task: string): Trials | undefined
}

/** Models on trial beside the released one. */
export interface Trials {
  /** Scores a share of the customers instead of the released model. */
  readonly canary: { readonly model: Model; readonly share: number } | undefined
  /** Score everything too; their scores are published apart and have no consequences. */
  readonly shadows: readonly Model[]
}

/**
 * One entry of a global table, such as the policy of a name or the release of a task. Without a key: all entries of the
 * table, reduced to what decisions depend on (`decisiveOf`).
 */
export type GlobalEntry = readonly [table: GlobalTopic, key?: string]

/**
 * Adds the state of another key, as if all of its events had been of this one: a merge of two customers. Must not throw;
 * beyond a limit the newest stay. Ids of the other customer have been replaced.
 */
export type MergeState = (state: State, other: KeyedState) => void

/** Decides on subjects by their rows: row → score (batched by the engine) → decide. */
interface Decider<F extends RowContext> {
  /** Never rename or reuse it. */
  readonly name: string
  readonly version: number
  readonly purpose: string
  readonly outputs: readonly Topic[]
  /** Kinds of records that `decide` writes. */
  readonly decisionState: readonly StateDescriptor<unknown>[]
  /** Names of the row’s numbers; empty if `decide` needs none. */
  readonly features: FeatureNames
  /** The task whose released model scores the rows; without one, `decide` sees a probability of null. */
  readonly task?: string
  /**
   * A subject requested by several events of a transaction is scored and decided once, after the last of them: for
   * lists, of which only the latest matters. Otherwise every request publishes a score.
   */
  readonly emitLatestOnly?: boolean
  /**
   * Combines what was decided last on two customers who are one. Before it is called, records with an id that the customer
   * has none of are taken over; those without an id, about the customer as a whole, are not, and so are published anew.
   */
  mergeDecisions?(decisionState: KeyedState, other: KeyedState): void
  /** Compares with the decision state and publishes what has changed. Synchronous and pure. */
  decide(decisionState: KeyedState, scored: ScoredSubject<F>, globals: Globals, emit: (message: Message) => void): void
  /** Global tables that `decide` reads besides those of `reevaluateOn`. */
  readonly globalTables?: readonly GlobalTopic[]
  /**
   * Entries whose change alters published decisions: every key is then re-evaluated (scored and decided again) in
   * bounded transactions.
   */
  readonly reevaluateOn?: readonly GlobalEntry[]
}

/**
 * Scores and decides on the subjects of a processor, in the same task and transaction: no topic is written and read in
 * between, and no state repeats the row. It is re-evaluated alone when its own settings change.
 */
export interface Scorer<F extends RowContext = RowContext> extends Decider<F> {
  /** Further folds of topics that the processor reads; they run before the processor’s own fold of the event. */
  readonly inputs?: readonly Input<never>[]
  /** Kinds of records that these folds write. */
  readonly state?: readonly StateDescriptor<unknown>[]
  /** As for the processor, for these kinds. */
  merge?: MergeState
  /**
   * Completes a row that begins with the processor’s own row, as of the request of the score; `base` is its context.
   * `undefined`: nothing to score. Without this method, the row is the processor’s.
   */
  row?(state: State, subject: string, row: Float32Array, base: RowContext): F | undefined
}

/** Where state holds people: its keys, nowhere, or, kind by kind, in records of other keys. */
export type StatePersons =
  | Extract<HoldsPersons, { readonly by: 'key' | 'none' }>
  | { readonly by: 'kind'; readonly kinds: Readonly<Record<string, KindPersons>> }

/** Where the records of a kind hold people, and what an erasure does with a record that does. */
export type KindPersons =
  | Extract<HoldsPersons, { readonly by: 'none' | 'other' }>
  | {
      readonly by: 'id' | 'field'
      /** Fields with the id, unless the record's own id is one. */
      readonly fields: readonly string[]
      /**
       * `delete`: the record goes, and the key is decided again. `pseudonym`: only the name goes, since other records of
       * the key were computed with this one.
       */
      readonly then: 'delete' | 'pseudonym'
    }

/**
 * A node of the topology: fold → row → score (batched by the engine) → decide. Its state is a pure function of its
 * input, so that it can be replayed; the last decisions are in separate records (`decisionState`), which folds can’t
 * see. Its name determines the consumer group, the transactional ids and the changelog. A changed fold is a new
 * version, whose state is rebuilt from the inputs under new names.
 */
export interface Processor<F extends RowContext = RowContext> extends Decider<F> {
  readonly inputs: readonly Input<never>[]
  /** Kinds of records that folds write. */
  readonly state: readonly StateDescriptor<unknown>[]
  /** Where its state holds people; not stated: its keys are people. */
  readonly persons?: StatePersons
  /** Needed if its keys are customers and it has state; otherwise records that the customer has none of are taken over. */
  merge?: MergeState
  /** Scorers that decide on the same subjects after the processor, in this order. */
  readonly scorers?: readonly Scorer[]
  /**
   * Commit interval in ms instead of the platform’s: shorter for answers that people wait for, longer for results that
   * may be late, so that a steady stream of events costs fewer transactions. After a pause, the first event is committed
   * at once in any case.
   */
  readonly commitWithinMs?: number
  /** Returns every subject of the key, for a re-evaluation. */
  subjects(state: State): Iterable<string>
  /**
   * Fills the row; `undefined`: nothing to score. Called right after the fold of the event that requested the score.
   */
  row(state: State, subject: string, row: Float32Array): F | undefined
  onTimer?(state: State, name: string, at: number, requestScore: RequestScore): void
}

/** Returns the processor and its scorers, in the order in which they decide. */
export function decidersOf(processor: Processor): readonly (Processor | Scorer)[] {
  return [processor, ...(processor.scorers ?? [])]
}

/** Returns the source of a processor version’s messages, by which verification recognises them. */
export function sourceOf({ name, version }: Pick<Processor, 'name' | 'version'>): string {
  return `scoreline/${name}@${version}`
}

/** Features of processors that decide without numbers. */
export const noFeatures: FeatureNames = { id: 'none', names: [] }

/** Keeps the event's type between the topic and the fold. */
export function input<Event extends Envelope>(topic: Topic<Event>, fold: Input<Event>['fold']): Input<never> {
  return { topic, fold } as unknown as Input<never>
}

/**
 * Keeps the type of the row context between `row` and `decide`, and merges the folds, state and outputs of the scorers
 * into those of the processor.
 */
export function processor<F extends RowContext>(definition: Processor<F>): Processor {
  const own = definition as unknown as Processor
  const { scorers } = own
  if (scorers === undefined) return own
  const deciders = decidersOf(own)
  return {
    ...own,
    inputs: own.inputs.map((one) => withFoldsOf(scorers, one)),
    state: [...new Set([...own.state, ...scorers.flatMap(({ state = [] }) => state)])],
    outputs: [...new Set(deciders.flatMap(({ outputs }) => outputs))],
    decisionState: [...new Set(deciders.flatMap(({ decisionState }) => decisionState))],
    ...(own.merge === undefined ? {} : { merge: inTurn([...scorers.map(({ merge }) => merge), own.merge]) }),
    mergeDecisions: inTurn(deciders.map(({ mergeDecisions }) => mergeDecisions)),
  }
}

function inTurn<S extends KeyedState>(
  merges: readonly (((state: S, other: KeyedState) => void) | undefined)[],
): (state: S, other: KeyedState) => void {
  return (state, other) => {
    for (const merge of merges) merge?.(state, other)
  }
}

function withFoldsOf(scorers: readonly Scorer[], { topic, fold }: Input<never>): Input<never> {
  const folds = scorers.flatMap(({ inputs = [] }) => inputs.filter((one) => one.topic === topic).map((one) => one.fold))
  if (folds.length === 0) return { topic, fold }
  return {
    topic,
    fold(state, event, requestScore) {
      for (const one of folds) one(state, event, requestScore)
      fold(state, event, requestScore)
    },
  }
}

/** Keeps the type of a scorer’s row context between `row` and `decide`. */
export function scorer<F extends RowContext>(definition: Scorer<F>): Scorer {
  return definition as unknown as Scorer
}
