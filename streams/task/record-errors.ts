import { KafkaError } from '../../kafka/errors.ts'
import { UndeclaredTableError } from '../settings/global-tables.ts'
import { StateFormatError } from '../state/state-format-error.ts'
import { StoreDamagedError, StoreTakenOverError, StoreWriteError } from '../state/store-errors.ts'

/** Broker errors about the records themselves, independent of sender and time. */
const RECORD_ERRORS = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE', 'INVALID_RECORD'])
/** LMDB's own errors, except the one for a key that is too long. */
const STORE_ERRORS = /MDB_(?!BAD_VALSIZE)/
/** Error codes of the operating system, such as ENOSPC, ECONNREFUSED and EMFILE. */
const SYSTEM_ERRORS = /^E[A-Z0-9]+$/

/**
 * Returns whether the current records may have caused a failure. If a broker is down, a disk is full or stored state is
 * unreadable, setting an event aside would lose it, so such failures are retried.
 */
export function isRecordError(error: unknown): boolean {
  if (error instanceof KafkaError) return RECORD_ERRORS.has(error.code)
  if (error instanceof StateFormatError || error instanceof StoreDamagedError) return false
  if (error instanceof UndeclaredTableError) return false
  if (error instanceof StoreTakenOverError || error instanceof StoreWriteError) return false
  if (!(error instanceof Error)) return true
  const code = 'code' in error ? String(error.code) : ''
  return error.name !== 'AbortError' && !SYSTEM_ERRORS.test(code) && !STORE_ERRORS.test(`${error.message} ${code}`)
}
