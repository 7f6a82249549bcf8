import { KafkaError } from '../../kafka/errors.ts'
import { UndeclaredTableError } from '../settings/global-tables.ts'
import { StateFormatError } from '../state/state-format-error.ts'
import { StoreDamagedError, StoreTakenOverError, StoreWriteError } from '../state/store-errors.ts'

/** Broker errors about the records themselves, independent of sender and time. */
const OF_THE_RECORDS = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE', 'INVALID_RECORD'])
/** LMDB's own errors, but the one that says that a key is too long. */
const OF_THE_STORE = /MDB_(?!BAD_VALSIZE)/
/** Codes of the operating system: ENOSPC, ECONNREFUSED, EMFILE. */
const OF_THE_SYSTEM = /^E[A-Z0-9]+$/

/**
 * Whether the records at hand may have caused a failure. Setting an event aside because a broker is down, a disk is
 * full or stored state is unreadable would lose it: such failures are retried.
 */
export function isBlamable(error: unknown): boolean {
  if (error instanceof KafkaError) return OF_THE_RECORDS.has(error.code)
  if (error instanceof StateFormatError || error instanceof StoreDamagedError) return false
  if (error instanceof UndeclaredTableError) return false
  if (error instanceof StoreTakenOverError || error instanceof StoreWriteError) return false
  if (!(error instanceof Error)) return true
  const code = 'code' in error ? String(error.code) : ''
  return error.name !== 'AbortError' && !OF_THE_SYSTEM.test(code) && !OF_THE_STORE.test(`${error.message} ${code}`)
}
