import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { open, type RootDatabase } from 'lmdb'
import { emptySum, hashOfRecord, runningSum, sameSum, type ContentSum } from './content-sum.ts'
import { faultOfHead } from './lmdb-head.ts'
import { isDamage, isNoRoom, StoreDamagedError, StoreTakenOverError, StoreWriteError } from './store-errors.ts'

/** Says which run of which task wrote a checkpoint and how much of the changelog it holds. */
export interface CheckpointMark {
  /** The changelog's incarnation: a topic deleted and made anew has another id, and the checkpoint is worth nothing. */
  readonly changelogId: string
  /** The next changelog offset to read. */
  readonly changelogOffset: number
  /** When it was written, ms since the epoch: one older than the changelog keeps tombstones is thrown away. */
  readonly writtenAt: number
}

/**
 * The local, disposable copy of a task's state: sorted, on disk, larger than memory. The truth is the changelog. Reading throws
 * `StoreDamagedError` where the bytes are not those that were written.
 */
export interface Store {
  get(key: Buffer): Buffer | undefined
  /** From (inclusive) to (exclusive), in byte order. */
  range(from: Buffer, to: Buffer, limit?: number): Iterable<{ readonly key: Buffer; readonly value: Buffer }>
  mark(): CheckpointMark | undefined
  /**
   * Writes records (null deletes) and the mark in one store transaction: all or nothing. Throws `StoreTakenOverError` when another owner has claimed
   * the store, `StoreWriteError` when the disk takes no more.
   */
  checkpoint(records: Iterable<readonly [key: Buffer, value: Buffer | null]>, mark: CheckpointMark): void
  /** Removes every record. */
  clear(): void
  /** Bytes on disk in use. */
  byteLength(): number
  close(): Promise<void>
}

/** What is kept under `MARK`. */
interface Footing {
  readonly mark: CheckpointMark
  /** Of all records: a lost page, or one of an older version, shows by it when the store is opened. */
  readonly contents: ContentSum
}

/** Sorts before every record: records begin with a key, which is not empty and has no zero byte. */
const OWNER = Buffer.from([0, 0])
const MARK = Buffer.from([0, 1])
const FIRST_RECORD = Buffer.from([1])
const END = Buffer.from([0xff, 0xff])

/** The file that LMDB keeps it all in. */
const DATA = 'data.mdb'

/** Behind every value: its hash and its key's. */
const HASH_BYTES = 4
/** Copied in one go: some ten milliseconds, after which heartbeats and other tasks have their turn. */
const COPIED_RECORDS = 2_000
/** Lies in the folder while nobody has vouched for its contents. Reading a damaged file can end the process, and the next one must not try again. */
const UNVERIFIED = 'unverified'
/** More than LMDB needs to open a store. It maps its lock file, and a page of that for which the disk has no room would end the process. */
const ROOM_BYTES = 256 << 10

/**
 * Opens the store of a task in its own folder: checks every record that is there, and lays them into a new file, which takes the old one's place. Hashes vouch for
 * records, not for what lies between them: a page's bounds, the list of free pages. Where that is wrong, reading goes well, and writing lays one record over another, or breaks
 * the process; so what was found is only read. Many records take seconds, in which others get their turn.
 *
 * `owner` is the fencing token (producer id and epoch) of the task's run: whoever comes last owns the store, and a former owner in this or another process can write no
 * more. Throws `StoreDamagedError` once it has deleted a copy that is not what was written (open it again: it is empty then), `StoreWriteError` when the disk is full, and
 * what `signal` is aborted with.
 */
export async function openStore(directory: string, owner: string, signal?: AbortSignal): Promise<Store> {
  const wasDistrusted = existsSync(join(directory, UNVERIFIED))
  // Not with a dot: the library would take the end of the name for that of a file.
  const copy = `${directory}-copy-${owner}`
  const found = inodeOf(directory)
  let footing: Footing | undefined
  try {
    if (wasDistrusted) throw new StoreDamagedError('its last check found damage or did not come to its end')
    deleteCopies(directory)
    footing = await copyChecked(directory, copy, owner, signal)
    signal?.throwIfAborted()
    // Who came later and was quicker keeps what it put there.
    if (inodeOf(directory) !== found || !existsSync(copy))
      throw new StoreTakenOverError(`${directory} was claimed by another owner than ${owner} while it was copied.`)
    deleteStore(directory)
    renameSync(copy, directory)
  } catch (error) {
    deleteStore(copy)
    if (isDamaged(error)) {
      deleteStore(directory)
      throw new StoreDamagedError(
        `The local state in ${directory} is damaged (${(error as Error).message}); it was deleted and is restored from the changelog.`,
      )
    }
    if (isNoRoom(error) && existsSync(join(directory, DATA))) {
      // It leaves the room that its successor needs, which is restored from the changelog.
      deleteStore(directory)
      return openStore(directory, owner, signal)
    }
    trust(directory)
    throw asWriteError(error, directory)
  }
  return storeOf(openLmdb(directory, false), directory, owner, footing)
}

/** What former owners left when they were killed. One that is at it still has lost the store. */
function deleteCopies(directory: string): void {
  const beginning = `${basename(directory)}-copy-`
  mkdirSync(dirname(directory), { recursive: true, mode: 0o700 })
  const siblings = readdirSync(dirname(directory)).filter((name) => name.startsWith(beginning))
  for (const name of siblings) deleteStore(join(dirname(directory), name))
}

/** A new store with the owner's name and every record of the one that is there, if there is one. */
async function copyChecked(
  directory: string,
  copy: string,
  owner: string,
  signal: AbortSignal | undefined,
): Promise<Footing | undefined> {
  mkdirSync(copy, { recursive: true, mode: 0o700 })
  distrust(copy)
  const target = openLmdb(copy, false)
  try {
    trust(copy)
    target.transactionSync(() => target.putSync(OWNER, Buffer.from(owner)))
    if (!holdsData(directory)) return undefined
    const source = openFound(directory, owner)
    try {
      return await copyRecords(source, target, signal)
    } finally {
      await source.close()
    }
  } finally {
    await target.close()
  }
}

function holdsData(directory: string): boolean {
  return (statSync(join(directory, DATA), { throwIfNoEntry: false })?.size ?? 0) > 0
}

/** Opens what is there for reading. Reading a damaged file may end the process, so that a note lies there until the store is replaced. */
function openFound(directory: string, owner: string): RootDatabase<Buffer, Buffer> {
  const fault = faultOfHead(join(directory, DATA))
  if (fault !== undefined) throw new StoreDamagedError(fault)
  distrust(directory)
  const found = openLmdb(directory, true)
  try {
    refuseTornFile(found, directory)
    refuseLatecomer(found.getBinary(OWNER)?.toString(), owner, directory)
    return found
  } catch (error) {
    void found.close().catch(() => {})
    throw error
  }
}

/** Record by record, so that nothing of a page goes along. Throws `StoreDamagedError` unless exactly those are there that the mark was written with. */
async function copyRecords(
  source: RootDatabase<Buffer, Buffer>,
  target: RootDatabase<Buffer, Buffer>,
  signal: AbortSignal | undefined,
): Promise<Footing | undefined> {
  const contents = runningSum(emptySum)
  for (let from: Buffer = MARK, copied = COPIED_RECORDS; copied === COPIED_RECORDS;) {
    copied = 0
    target.transactionSync(() => {
      for (const key of source.getKeys({ start: from, end: END, limit: COPIED_RECORDS })) {
        // Looked up, not read off the scan: the way down to it must be right as well.
        const value = source.getBinaryFast(key)
        if (value === undefined) throw new StoreDamagedError('a record that is there can’t be found')
        if (key.compare(FIRST_RECORD) >= 0) contents.add(verifiedHash(key, value))
        target.putSync(key, value, { append: true })
        from = after(key)
        copied++
      }
    })
    await setImmediate()
    signal?.throwIfAborted()
  }
  return checkedFooting(target, contents.sum())
}

/** The next key that there can be. */
function after(key: Buffer): Buffer {
  return Buffer.concat([key, Buffer.from([0])])
}

/** Leaves the note, and makes sure that there is room to open a store. */
function distrust(directory: string): void {
  const note = join(directory, UNVERIFIED)
  writeFileSync(note, Buffer.alloc(ROOM_BYTES))
  truncateSync(note)
}

function trust(directory: string): void {
  rmSync(join(directory, UNVERIFIED), { force: true })
}

function isDamaged(error: unknown): boolean {
  return error instanceof StoreDamagedError || isDamage(error)
}

function openLmdb(directory: string, readOnly: boolean): RootDatabase<Buffer, Buffer> {
  return open<Buffer, Buffer>({
    path: directory,
    readOnly,
    encoding: 'binary',
    keyEncoding: 'binary',
    // Pages are written whole, so there is no need to zero them first.
    noMemInit: true,
    // No commit waits for the disk: what a power failure tears is found by its hashes, and restored from the changelog.
    noSync: true,
  })
}

function storeOf(database: RootDatabase<Buffer, Buffer>, directory: string, owner: string, footing: Footing | undefined): Store {
  const inode = inodeOf(directory)
  let current = footing

  /** Nothing of a damaged file is believed any more: it goes when the task starts anew. */
  function noted(error: unknown): Error {
    if (!isDamaged(error)) return asWriteError(error, directory)
    writeFileSync(join(directory, UNVERIFIED), '')
    return new StoreDamagedError(`The local state in ${directory} is damaged: ${(error as Error).message}.`)
  }

  function guarded<Result>(read: () => Result): Result {
    try {
      return read()
    } catch (error) {
      throw error instanceof StoreTakenOverError ? error : noted(error)
    }
  }

  /** A newer owner has put a file of its own in the place of this one. */
  function mustBeOwner(): void {
    if (inodeOf(directory) === inode) return
    throw new StoreTakenOverError(`${directory} was claimed by another owner than ${owner}; nothing was written.`)
  }

  return {
    get: (key) =>
      guarded(() => {
        const sealed = database.getBinary(key)
        return sealed === undefined ? undefined : unsealed(key, sealed)
      }),
    *range(from, to, limit = Number.POSITIVE_INFINITY) {
      const entries = guarded(() => database.getRange({ start: from, end: to, limit })[Symbol.iterator]())
      try {
        for (;;) {
          const next = guarded(() => entries.next())
          if (next.done === true) return
          const { key, value } = next.value
          yield { key, value: guarded(() => unsealed(key, value)) }
        }
      } finally {
        entries.return?.()
      }
    },
    mark: () => current?.mark,
    checkpoint(records, mark) {
      const contents = runningSum(current?.contents ?? emptySum)
      guarded(() =>
        database.transactionSync(() => {
          mustBeOwner()
          for (const [key, value] of records) {
            const before = database.getBinaryFast(key)
            if (before !== undefined) contents.subtract(before.readInt32LE(before.length - HASH_BYTES))
            if (value !== null) {
              const sealed = seal(key, value)
              contents.add(sealed.readInt32LE(value.length))
              database.putSync(key, sealed)
            } else if (before !== undefined) database.removeSync(key)
          }
          database.putSync(MARK, seal(MARK, Buffer.from(JSON.stringify({ mark, contents: contents.sum() } satisfies Footing))))
        }),
      )
      current = { mark, contents: contents.sum() }
    },
    clear() {
      guarded(() =>
        database.transactionSync(() => {
          mustBeOwner()
          database.removeSync(MARK)
          for (const key of [...database.getKeys({ start: FIRST_RECORD, end: END })]) database.removeSync(key)
        }),
      )
      current = undefined
    },
    byteLength() {
      const { pageSize, lastPageNumber } = statsOf(database)
      return pageSize * lastPageNumber
    },
    close: () => database.close(),
  }
}

/** Deletes a task's local copy; it is restored from the changelog when it is needed again. */
export function deleteStore(directory: string): void {
  rmSync(directory, { recursive: true, force: true })
}

/** Whoever was fenced before it came to claim the store must not take it from its successor: the same producer id with a newer epoch has it. */
function refuseLatecomer(holder: string | undefined, owner: string, directory: string): void {
  const [heldBy, heldEpoch] = (holder ?? '').split(':')
  const [producerId, epoch] = owner.split(':')
  if (epoch === undefined || heldBy !== producerId || Number(heldEpoch) <= Number(epoch)) return
  throw new StoreTakenOverError(`${directory} is ${holder}'s, which came after ${owner}.`)
}

function seal(key: Buffer, value: Buffer): Buffer {
  const sealed = Buffer.allocUnsafe(value.length + HASH_BYTES)
  sealed.set(value)
  sealed.writeInt32LE(hashOfRecord(key, value), value.length)
  return sealed
}

function unsealed(key: Buffer, sealed: Buffer): Buffer {
  verifiedHash(key, sealed)
  return sealed.subarray(0, sealed.length - HASH_BYTES)
}

function verifiedHash(key: Buffer, sealed: Buffer): number {
  const length = sealed.length - HASH_BYTES
  const hash = length < 0 ? undefined : sealed.readInt32LE(length)
  if (hash === undefined || hash !== hashOfRecord(key, sealed, length)) throw new StoreDamagedError('a record fails its checksum')
  return hash
}

/** Pages are read through a memory map: one that lies behind the end of a torn file would end the process. */
function refuseTornFile(database: RootDatabase, directory: string): void {
  const { pageSize, lastPageNumber } = statsOf(database)
  const { size } = statSync(join(directory, DATA))
  // A new store has its two head pages only when it is first written.
  if (lastPageNumber > 1 && size < pageSize * (lastPageNumber + 1)) {
    throw new StoreDamagedError(`its file has ${size} bytes and should have ${pageSize * (lastPageNumber + 1)}`)
  }
}

/** What the mark says. Throws `StoreDamagedError` where that is not what was found. */
function checkedFooting(database: RootDatabase<Buffer, Buffer>, found: ContentSum): Footing | undefined {
  const sealed = database.getBinary(MARK)
  const footing = sealed === undefined ? undefined : (JSON.parse(unsealed(MARK, sealed).toString()) as Footing)
  if (!sameSum(found, footing?.contents ?? emptySum)) {
    throw new StoreDamagedError(
      `it holds ${found.records} records where ${footing?.contents.records ?? 0} were written, or older ones`,
    )
  }
  return footing
}

function inodeOf(directory: string): number | undefined {
  return statSync(join(directory, DATA), { throwIfNoEntry: false })?.ino
}

function statsOf(database: RootDatabase): { readonly pageSize: number; readonly lastPageNumber: number } {
  return database.getStats() as { pageSize: number; lastPageNumber: number }
}

function asWriteError(error: unknown, directory: string): Error {
  if (!isNoRoom(error)) return error as Error
  return new StoreWriteError(
    `The disk under ${directory} takes no more (${(error as Error).message}): make room; everything is in the changelog.`,
    { cause: error },
  )
}
