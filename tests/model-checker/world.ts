import { newBroker, type Broker, type Outcome, type Request } from './broker.ts'
import type { Protocol } from './protocol.ts'
import { noRecords, type Change, type RecordName, type Records } from './records.ts'

/**
 * Two processes that may own the task, what they keep on disk, the broker, what is still under way to it, and what may
 * yet go wrong.
 */
export interface World {
  readonly broker: Broker
  /** Requests whose sender has lost the connection: each may still be carried out, however late. */
  readonly late: readonly Request[]
  /** One folder that both processes see, or one of their own each. */
  readonly stores: readonly LocalStore[]
  readonly owners: readonly Owner[]
  /** Whom the group has given the partition to. */
  readonly assigned: number
  /** The highest position whose commit was confirmed to a task. */
  readonly confirmed: number
  readonly left: Bounds
}

/**
 * How often each may still happen. What is slow needs no count: an owner that is paused is one whose next step comes
 * late.
 */
export interface Bounds {
  readonly crashes: number
  /** The partition is given to the other process, whether the former owner knows or not. */
  readonly rebalances: number
  /** A request is carried out, its answer is lost. */
  readonly lostAnswers: number
  /** The connection breaks while a request is under way. */
  readonly lateRequests: number
  /** A round is given up and run again: poison. */
  readonly aborts: number
  /** A transaction is open for longer than the broker allows. */
  readonly timeouts: number
  /** So much time goes by that no checkpoint may be used any more. */
  readonly expiries: number
  /** The group's offsets are lost: expired, or set by somebody. */
  readonly lostOffsets: number
  /** A broker crashes and forgets markers. */
  readonly forgottenMarkers: number
}

export interface LocalStore {
  /** The epoch of who claimed it. */
  readonly owner: number
  readonly records: Records
  readonly mark: Mark | undefined
}

export interface Mark {
  readonly offset: number
  readonly expired: boolean
}

/** What a process has in memory of the task: all that a crash takes. */
export interface Owner {
  readonly at:
    | 'down'
    | 'starting'
    | 'asked'
    | 'asking again'
    | 'mending'
    | 'helpless'
    | 'claiming'
    | 'looking'
    | 'restoring'
    | 'idle'
    | 'outputs written'
    | 'changelog written'
    | 'offsets sent'
    | 'ending'
    | 'renewing'
  readonly epoch: number
  /** What the store was claimed with. */
  readonly token: number
  /** How the former owner's last transaction was decided, as it was asked for before fencing. */
  readonly decision: Outcome | undefined
  /** The store's mark as this run read or wrote it last. */
  readonly mark: Mark | undefined
  /** The changelog offset behind all that this run knows to be committed: restored, or its own. */
  readonly end: number
  /** The next event to take. */
  readonly next: number
  readonly staged: Staged | undefined
  /** Committed, and not in the store yet; `''`: not so. */
  readonly unflushed: Records
  readonly checkpoint: Checkpoint | undefined
  readonly sequences: { readonly outputs: number; readonly changelog: number }
}

/** The round of the open transaction. */
export interface Staged {
  readonly to: number
  readonly changes: readonly Change[]
  readonly outputs: readonly string[]
  /** Behind the transaction's last changelog record, once that is acknowledged. */
  readonly end: number
  /** A batch left and was never acknowledged. */
  readonly isUnacknowledged: boolean
  /** The end was asked for before, and nobody answered. */
  readonly isUnanswered: boolean
}

/** One that is being written in pieces, one record each, the last one first. */
export interface Checkpoint {
  readonly pending: readonly RecordName[]
  readonly offset: number
}

export const nobody: Owner = {
  at: 'down',
  epoch: -1,
  token: -1,
  decision: undefined,
  mark: undefined,
  end: 0,
  next: 0,
  staged: undefined,
  unflushed: noRecords,
  checkpoint: undefined,
  sequences: { outputs: 0, changelog: 0 },
}

const emptyStore: LocalStore = { owner: -1, records: noRecords, mark: undefined }

export function newWorld(left: Bounds, folders: 'one folder' | 'own folders'): World {
  return {
    broker: newBroker,
    late: [],
    stores: folders === 'one folder' ? [emptyStore] : [emptyStore, emptyStore],
    owners: [nobody, nobody],
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

/** The run ends and takes nothing along; the process takes the task over anew where it is still its own. */
export function withoutOwner(world: World, index: number): World {
  return { ...world, owners: world.owners.map((owner, at) => (at === index ? nobody : owner)) }
}

export function spend(world: World, what: keyof Bounds): World {
  return { ...world, left: { ...world.left, [what]: world.left[what] - 1 } }
}

/**
 * The state as a task sees it: what the store does not hold yet, and behind it the store, which it may read at any
 * time.
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
  return storeBelongsTo === 'anybody' || owner === token
}

/** Replaces the broker; offsets that point behind changelog records which are aborted now point at their end. */
export function withBroker(world: World, broker: Broker): World {
  const before = world.broker.changelog
  const { changelog } = broker
  const isAborted = changelog.open.length < before.open.length && changelog.committed.length === before.committed.length
  if (!isAborted) return { ...world, broker }
  const end = changelog.committed.length
  const clamped = (offset: number) => Math.min(offset, end)
  const clampedMark = (mark: Mark | undefined) =>
    mark === undefined || mark.offset <= end ? mark : { ...mark, offset: end }
  const clampedOwner = (owner: Owner): Owner => ({
    ...owner,
    end: clamped(owner.end),
    mark: clampedMark(owner.mark),
    staged: owner.staged && { ...owner.staged, end: clamped(owner.staged.end) },
    checkpoint: owner.checkpoint && { ...owner.checkpoint, offset: clamped(owner.checkpoint.offset) },
  })
  return {
    ...world,
    broker,
    stores: world.stores.map((store) => ({ ...store, mark: clampedMark(store.mark) })),
    owners: world.owners.map((owner) => (owner === nobody ? nobody : clampedOwner(owner))),
  }
}
