import { newBroker, type Broker, type Outcome, type Request } from './broker.ts'
import type { Protocol } from './protocol.ts'
import { noRecords, type Change, type RecordName, type Records } from './records.ts'

/**
 * Two processes that may own the task, their local stores, the broker, the requests in flight to it, and the faults that
 * may still happen.
 */
export interface World {
  readonly broker: Broker
  /** Requests whose connection broke: each may still be executed, however late. */
  readonly late: readonly Request[]
  /** One store that both processes share, or one for each. */
  readonly stores: readonly LocalStore[]
  readonly owners: readonly Owner[]
  /** The process that the group has assigned the partition to. */
  readonly assigned: number
  /** The highest position whose commit was confirmed to a task. */
  readonly confirmed: number
  readonly left: Bounds
}

/**
 * How often each fault may still happen. Slowness needs no count: a paused owner is one whose next step comes late.
 */
export interface Bounds {
  readonly crashes: number
  /** The partition is assigned to the other process, whether the former owner notices or not. */
  readonly rebalances: number
  /** A request is executed, its answer is lost. */
  readonly lostAnswers: number
  /** The connection breaks while a request is in flight. */
  readonly lateRequests: number
  /** A batch is rolled back and run again, because of a poison event. */
  readonly aborts: number
  /** A transaction stays open for longer than the broker allows. */
  readonly timeouts: number
  /** So much time passes that existing checkpoints are no longer usable. */
  readonly expiries: number
  /** The group's offsets are lost: they expired, or were reset. */
  readonly lostOffsets: number
  /** A broker crashes and forgets markers. */
  readonly forgottenMarkers: number
}

export interface LocalStore {
  /** The epoch of the process that claimed it. */
  readonly owner: number
  readonly records: Records
  readonly metadata: CheckpointMetadata | undefined
}

export interface CheckpointMetadata {
  readonly offset: number
  readonly expired: boolean
}

/** A process’s in-memory state of the task, which a crash loses. */
export interface Owner {
  readonly at:
    | 'down'
    | 'starting'
    | 'fencing'
    | 'fencing again'
    | 'ending hanging'
    | 'blocked'
    | 'claiming'
    | 'comparing'
    | 'restoring'
    | 'idle'
    | 'outputs written'
    | 'changelog written'
    | 'offsets sent'
    | 'ending'
    | 'bumping epoch'
  readonly epoch: number
  /** The token with which it claimed the store. */
  readonly token: number
  /** The outcome decided for the former owner's last transaction, as reported before fencing. */
  readonly decision: Outcome | undefined
  /** The store's metadata as this session last read or wrote it. */
  readonly metadata: CheckpointMetadata | undefined
  /** The changelog offset after everything that this session knows to be committed: restored, or its own. */
  readonly end: number
  /** The number of the next event to process. */
  readonly next: number
  readonly staged: Staged | undefined
  /** Committed and not in the store yet; `''`: nothing to write. */
  readonly unflushed: Records
  readonly checkpoint: Checkpoint | undefined
  readonly sequences: { readonly outputs: number; readonly changelog: number }
}

/** The batch in the open transaction. */
export interface Staged {
  readonly to: number
  readonly changes: readonly Change[]
  readonly outputs: readonly string[]
  /** The offset after the transaction's last changelog record, once that is acknowledged. */
  readonly end: number
  /** A Produce request was sent and never acknowledged. */
  readonly isUnacknowledged: boolean
  /** EndTxn was sent before and never answered. */
  readonly isUnanswered: boolean
}

/** A checkpoint that is being written in pieces of one record, the last record first. */
export interface Checkpoint {
  readonly pending: readonly RecordName[]
  readonly offset: number
}

export const notRunning: Owner = {
  at: 'down',
  epoch: -1,
  token: -1,
  decision: undefined,
  metadata: undefined,
  end: 0,
  next: 0,
  staged: undefined,
  unflushed: noRecords,
  checkpoint: undefined,
  sequences: { outputs: 0, changelog: 0 },
}

const emptyStore: LocalStore = { owner: -1, records: noRecords, metadata: undefined }

export function newWorld(left: Bounds, folders: 'one folder' | 'own folders'): World {
  return {
    broker: newBroker,
    late: [],
    stores: folders === 'one folder' ? [emptyStore] : [emptyStore, emptyStore],
    owners: [notRunning, notRunning],
    assigned: 0,
    confirmed: 0,
    left,
  }
}

export const nameOfOwner = (index: number): string => (index === 0 ? 'A' : 'B')

export function storeIndexOf(world: World, index: number): number {
  return world.stores.length === 1 ? 0 : index
}

export const storeOf = (world: World, index: number): LocalStore => world.stores[storeIndexOf(world, index)]!

export function withOwner(world: World, index: number, changes: Partial<Owner>): World {
  const owners = world.owners.map((owner, at) => (at === index ? { ...owner, ...changes } : owner))
  return { ...world, owners }
}

export function withStore(world: World, index: number, changes: Partial<LocalStore>): World {
  const at = storeIndexOf(world, index)
  return { ...world, stores: world.stores.map((store, place) => (place === at ? { ...store, ...changes } : store)) }
}

/** The session ends and its memory is lost; the process takes over again if the task is still assigned to it. */
export function withoutOwner(world: World, index: number): World {
  return { ...world, owners: world.owners.map((owner, at) => (at === index ? notRunning : owner)) }
}

export function spend(world: World, what: keyof Bounds): World {
  return { ...world, left: { ...world.left, [what]: world.left[what] - 1 } }
}

/**
 * The state as a task sees it: its unflushed records over those of the store, which it may read at any time.
 */
export function viewOf(world: World, index: number): Records {
  const { unflushed } = world.owners[index]!
  const { records } = storeOf(world, index)
  return {
    even: unflushed.even || records.even,
    odd: unflushed.odd || records.odd,
    position: unflushed.position || records.position,
  }
}

export function mayWrite({ owner }: LocalStore, { token }: Owner, { storeBelongsTo }: Protocol): boolean {
  return storeBelongsTo === 'anyone' || owner === token
}

/** Replaces the broker. Offsets beyond changelog records that are now aborted are clamped to the end that is left. */
export function withBroker(world: World, broker: Broker): World {
  const before = world.broker.changelog
  const { changelog } = broker
  const isAborted = changelog.open.length < before.open.length && changelog.committed.length === before.committed.length
  if (!isAborted) return { ...world, broker }
  const end = changelog.committed.length
  const clamped = (offset: number) => Math.min(offset, end)
  const clampedMetadata = (metadata: CheckpointMetadata | undefined) =>
    metadata === undefined || metadata.offset <= end ? metadata : { ...metadata, offset: end }
  const clampedOwner = (owner: Owner): Owner => ({
    ...owner,
    end: clamped(owner.end),
    metadata: clampedMetadata(owner.metadata),
    staged: owner.staged && { ...owner.staged, end: clamped(owner.staged.end) },
    checkpoint: owner.checkpoint && { ...owner.checkpoint, offset: clamped(owner.checkpoint.offset) },
  })
  return {
    ...world,
    broker,
    stores: world.stores.map((store) => ({ ...store, metadata: clampedMetadata(store.metadata) })),
    owners: world.owners.map((owner) => (owner === notRunning ? notRunning : clampedOwner(owner))),
  }
}
