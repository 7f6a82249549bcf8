/** Thrown when a former owner tries to write: the store belongs to a newer one, and nothing was written. */
export class StoreTakenOverError extends Error {
  override readonly name = 'StoreTakenOverError'
}

/**
 * Thrown when the local copy is damaged: a truncated file, flipped bits, lost pages. It is deleted now or when it is
 * next opened, since the changelog has all of it.
 */
export class StoreDamagedError extends Error {
  override readonly name = 'StoreDamagedError'
}

/**
 * Thrown when the disk is full, over quota or failing. Nothing was written, the previous contents are intact, and the
 * write may be retried later.
 */
export class StoreWriteError extends Error {
  override readonly name = 'StoreWriteError'
}

/** LMDB errors that indicate damage. http://www.lmdb.tech/doc/group__errors.html */
const DAMAGE = /MDB_(CORRUPTED|INVALID|PAGE_NOTFOUND|VERSION_MISMATCH|INCOMPATIBLE|BAD_TXN)/
/** Errors of a full or failing file system: as a code, or in the text that LMDB passes on. */
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

/** Turns a disk error into a `StoreWriteError` with advice; returns other errors unchanged. */
export function asWriteError(error: unknown, directory: string): Error {
  if (!isNoRoom(error)) return error as Error
  return new StoreWriteError(
    `The disk under ${directory} takes no more (${(error as Error).message}): make room; everything is in the changelog.`,
    { cause: error },
  )
}
