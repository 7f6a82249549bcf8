import { placeOf, type FetchAnswer, type PartitionFetch, type SessionFields } from './fetch-request.ts'

/** The next request of a session: what the broker does not know yet. */
export interface SessionRequest {
  readonly fetches: readonly PartitionFetch[]
  readonly fields: SessionFields
}

/**
 * A fetch session with one broker (KIP-227): it remembers the partitions that are asked for, so that a request names
 * only those that have changed, and the answer only those about which there is something new.
 */
export interface FetchSession {
  /** For all of these partitions and no others. */
  next(fetches: readonly PartitionFetch[]): SessionRequest
  /** Returns whether the broker has it; otherwise the request is to be repeated, in a new session. */
  answered(answer: FetchAnswer): boolean
  /** What became of the last request is not known: the next one begins a new session. */
  forget(): void
}

const FIRST_EPOCH = 0
const EPOCH_MAX = 0x7fff_ffff
/** FETCH_SESSION_ID_NOT_FOUND, INVALID_FETCH_SESSION_EPOCH, INCONSISTENT_TOPIC_ID, FETCH_SESSION_TOPIC_ID_ERROR. */
const SESSION_ERRORS: ReadonlySet<number> = new Set([70, 71, 103, 106])

export function createFetchSession(): FetchSession {
  /** What the broker remembers, by `placeOf`. */
  let known = new Map<string, PartitionFetch>()
  let id = 0
  let epoch = FIRST_EPOCH

  function forget(): void {
    known = new Map()
    id = 0
    epoch = FIRST_EPOCH
  }

  return {
    next(fetches) {
      const before = known
      known = new Map(fetches.map((fetch) => [placeOf(fetch), fetch]))
      if (id === 0) return { fetches, fields: { id, epoch, forgotten: [] } }
      return {
        fetches: fetches.filter((fetch) => !isSame(before.get(placeOf(fetch)), fetch)),
        fields: { id, epoch, forgotten: [...before].filter(([place]) => !known.has(place)).map(([, fetch]) => fetch) },
      }
    },
    answered({ errorCode, sessionId }) {
      if (SESSION_ERRORS.has(errorCode)) {
        forget()
        return false
      }
      // A broker that has no room for the session answers without one.
      if (sessionId === 0) forget()
      else {
        id = sessionId
        epoch = epoch === EPOCH_MAX ? FIRST_EPOCH + 1 : epoch + 1
      }
      return true
    },
    forget,
  }
}

function isSame(one: PartitionFetch | undefined, other: PartitionFetch): boolean {
  return (
    one !== undefined &&
    one.offset === other.offset &&
    one.leaderEpoch === other.leaderEpoch &&
    one.bytesMax === other.bytesMax
  )
}
