import type { Change } from './records.ts'

/**
 * The coordinator of one transactional id, and the partitions written under that id. Every action here is atomic at the
 * real broker too (one request at one node, or one marker in one partition); the explorer interleaves them.
 */
export interface Broker {
  readonly epoch: number
  /** `committing`, `aborting`: decided and logged (PrepareCommit, PrepareAbort), markers still to be written. */
  readonly phase: 'empty' | 'open' | 'committing' | 'aborting'
  /** The outcome of this producer's last transaction; forgotten when a new epoch is taken. */
  readonly ended: Outcome | undefined
  /** A transaction that is decided and hangs: a crashed broker has forgotten its markers. */
  readonly hanging: { readonly outcome: Outcome; readonly changes: number } | undefined
  readonly outputs: Log<string>
  readonly changelog: Log<Change>
  /** The group's offsets for the input. */
  readonly offsets: Log<number>
}

export type Outcome = 'commit' | 'abort'

/**
 * A partition. Aborted records and markers are left out, so an offset is an index into committed and open records. When
 * open records are aborted, offsets beyond them become `committed.length`: there is nothing to read in between.
 */
export interface Log<Entry> {
  readonly committed: readonly Entry[]
  readonly open: readonly Entry[]
  /** Number of batches accepted under the producer's epoch, which is the next sequence number. */
  readonly sequence: number
}

const logNames = ['outputs', 'changelog', 'offsets'] as const
type LogName = (typeof logNames)[number]

export type Request =
  | { readonly kind: 'produce'; readonly epoch: number; readonly sequence: number; readonly entries: Entries }
  | { readonly kind: 'end'; readonly epoch: number; readonly outcome: Outcome }

export type Entries =
  | { readonly log: 'outputs'; readonly records: readonly string[] }
  | { readonly log: 'changelog'; readonly records: readonly Change[] }

/**
 * `wait`: CONCURRENT_TRANSACTIONS and the like; the client retries. `fenced`: INVALID_PRODUCER_EPOCH. `invalid`:
 * INVALID_TXN_STATE.
 */
export type Answer = 'done' | 'wait' | 'fenced' | 'invalid'

export interface Answered {
  readonly broker: Broker
  readonly answer: Answer
}

const emptyLog = { committed: [], open: [], sequence: 0 }

export const newBroker: Broker = {
  epoch: 0,
  phase: 'empty',
  ended: undefined,
  hanging: undefined,
  outputs: emptyLog,
  changelog: emptyLog,
  offsets: emptyLog,
}

/** The offset of the next record to be written: ListOffsets latest, read uncommitted. */
export const endOf = ({ committed, open }: Log<unknown>): number => committed.length + open.length

const isEnding = ({ phase }: Broker): boolean => phase === 'committing' || phase === 'aborting'

function withNewEpoch(broker: Broker): Broker {
  const { outputs, changelog } = broker
  return {
    ...broker,
    epoch: broker.epoch + 1,
    outputs: { ...outputs, sequence: 0 },
    changelog: { ...changelog, sequence: 0 },
  }
}

/** Markers follow, unless the transaction wrote nothing. */
function ending(broker: Broker, outcome: Outcome): Broker {
  const isWritten = logNames.some((name) => broker[name].open.length > 0)
  return { ...broker, ended: outcome, phase: !isWritten ? 'empty' : outcome === 'commit' ? 'committing' : 'aborting' }
}

/** InitProducerId: fences every former owner. With `current`, only if that is still the epoch (KIP-360). */
export function initProducerId(broker: Broker, current?: number): Answered {
  if (current !== undefined && current !== broker.epoch) return { broker, answer: 'fenced' }
  if (isEnding(broker)) return { broker, answer: 'wait' }
  if (broker.phase === 'open') return { broker: abandon(broker), answer: 'wait' }
  return { broker: { ...withNewEpoch(broker), ended: undefined }, answer: 'done' }
}

/** The coordinator aborts the open transaction and fences its producer: for a new owner, or after a time-out. */
export function abandon(broker: Broker): Broker {
  return ending(withNewEpoch(broker), 'abort')
}

/**
 * Produce. `joins`: the client has added the partition to the transaction before (AddPartitionsToTxn), which begins
 * one. A late copy does not join, and is rejected if no transaction is open (the broker asks its coordinator, KIP-890
 * part 1). Sequence numbers drop duplicates.
 */
export function produce(
  broker: Broker,
  { epoch, sequence, entries }: Request & { kind: 'produce' },
  joins: boolean,
): Answered {
  if (epoch !== broker.epoch) return { broker, answer: 'fenced' }
  if (isEnding(broker)) return { broker, answer: joins ? 'wait' : 'invalid' }
  if (broker.phase === 'empty' && !joins) return { broker, answer: 'invalid' }
  const log = broker[entries.log]
  if (sequence > log.sequence) return { broker, answer: 'invalid' }
  if (sequence < log.sequence) return { broker, answer: 'done' }
  const after = { ...log, open: [...log.open, ...entries.records], sequence: sequence + 1 }
  return { broker: { ...broker, phase: 'open', [entries.log]: after }, answer: 'done' }
}

/** TxnOffsetCommit, after AddOffsetsToTxn. */
export function commitOffsets(broker: Broker, epoch: number, offset: number): Answered {
  if (epoch !== broker.epoch) return { broker, answer: 'fenced' }
  if (isEnding(broker)) return { broker, answer: 'wait' }
  return { broker: { ...broker, phase: 'open', offsets: { ...broker.offsets, open: [offset] } }, answer: 'done' }
}

/** EndTxn: answered once the outcome is logged, before the markers are written. Idempotent. */
export function endTransaction(
  broker: Broker,
  epoch: number,
  outcome: Outcome,
  epochPerTransaction: boolean,
): Answered {
  const isRepeated = broker.ended === outcome && broker.phase !== 'open'
  if (epochPerTransaction && isRepeated && epoch === broker.epoch - 1) return { broker, answer: 'done' }
  if (epoch !== broker.epoch) return { broker, answer: 'fenced' }
  if (broker.phase !== 'open') return { broker, answer: isRepeated ? 'done' : 'invalid' }
  return { broker: ending(epochPerTransaction ? withNewEpoch(broker) : broker, outcome), answer: 'done' }
}

/** The coordinator writes a marker to one partition. */
export function writeMarker(broker: Broker, name: LogName): Broker {
  const after = marked(broker, name, broker.phase === 'committing' ? 'commit' : 'abort')
  return hangingLogs(after).length > 0 ? after : { ...after, phase: 'empty', hanging: undefined }
}

/** The open records of a partition become committed, or are dropped. */
function marked(broker: Broker, name: LogName, outcome: Outcome): Broker {
  const log = broker[name]
  const committed = outcome === 'commit' ? [...log.committed, ...log.open] : log.committed
  return { ...broker, [name]: { ...log, committed, open: [] } }
}

/**
 * A broker that restarts after a crash and does not know its partitions yet completes the transaction without writing
 * the remaining markers.
 */
export function forgetMarkers(broker: Broker): Broker {
  const hanging = {
    outcome: broker.phase === 'committing' ? 'commit' : 'abort',
    changes: broker.changelog.open.length,
  } as const
  return { ...broker, phase: 'empty', hanging }
}

/** Partitions that still lack a marker of the hanging transaction. */
export function hangingLogs(broker: Broker): readonly LogName[] {
  return logNames.filter((name) => broker[name].open.length > 0)
}

/** A client writes a marker of the hanging transaction to one partition. */
export function endHanging(broker: Broker, name: LogName, outcome: Outcome): Broker {
  const after = marked(broker, name, outcome)
  return hangingLogs(after).length > 0 ? after : { ...after, hanging: undefined }
}

/** The same by a new transaction: it adds the partitions first, and ends with a second request. */
export function endByTransaction(broker: Broker, outcome: Outcome): Broker {
  return broker.phase === 'open' ? { ...ending(broker, outcome), hanging: undefined } : { ...broker, phase: 'open' }
}
