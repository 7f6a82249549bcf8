/** A former owner woke up late; the store belongs to a newer one, and nothing was written. */
export class StoreTakenOverError extends Error {
  override readonly name = 'StoreTakenOverError'
}

/** The local copy is not what was written: a torn file, flipped bits, lost pages. It was deleted, or will be when it is opened next; the changelog has it all. */
export class StoreDamagedError extends Error {
  override readonly name = 'StoreDamagedError'
}

/** The disk is full, over quota or failing; nothing was written, and what the store held before it still holds. Trying again later is right. */
export class StoreWriteError extends Error {
  override readonly name = 'StoreWriteError'
}

/** Errors of LMDB that say that its pages are not what it wrote. http://www.lmdb.tech/doc/group__errors.html */
const DAMAGE = /MDB_(CORRUPTED|INVALID|PAGE_NOTFOUND|VERSION_MISMATCH|INCOMPATIBLE|BAD_TXN)/
/** What a file system says that takes no more bytes, as its code or in the words that LMDB passes on. */
const NO_ROOM =
  /ENOSPC|EDQUOT|EFBIG|EIO|EROFS|MDB_MAP_FULL|No space left|quota exceeded|File too large|Input\/output error|Read-only file/i

function isDamage(error: unknown): boolean {
  return DAMAGE.test(String(error))
}

export function isNoRoom(error: unknown): boolean {
  return NO_ROOM.test(`${String(error)} ${(error as { code?: unknown } | null)?.code}`)
}

export function isDamaged(error: unknown): boolean {
  return error instanceof StoreDamagedError || isDamage(error)
}

/** An error of the disk as one that says what to do; others as they are. */
export function asWriteError(error: unknown, directory: string): Error {
  if (!isNoRoom(error)) return error as Error
  return new StoreWriteError(
    `The disk under ${directory} takes no more (${(error as Error).message}): make room; everything is in the changelog.`,
    { cause: error },
  )
}
