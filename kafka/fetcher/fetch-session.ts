import { partitionKey, type FetchResponse, type PartitionFetch, type SessionFields } from './fetch-request.ts'

/** The next request of a session: only the changes that the broker does not know yet. */
export interface SessionRequest {
  readonly fetches: readonly PartitionFetch[]
  readonly fields: SessionFields
}

/**
 * A fetch session with one broker (KIP-227). The broker remembers the requested partitions, so a request lists only
 * changed partitions, and a response only partitions that have changed since.
 */
export interface FetchSession {
  /** Builds the request for exactly these partitions. */
  next(fetches: readonly PartitionFetch[]): SessionRequest
  /**
   * Processes an answer. Returns false if the broker has lost the session: the request has to be repeated in a new one.
   */
  handleResponse(answer: FetchResponse): boolean
  /** Discards the session when the outcome of the last request is unknown: the next request begins a new one. */
  reset(): void
}

const FIRST_EPOCH = 0
const EPOCH_MAX = 0x7fff_ffff
/** FETCH_SESSION_ID_NOT_FOUND, INVALID_FETCH_SESSION_EPOCH, INCONSISTENT_TOPIC_ID, FETCH_SESSION_TOPIC_ID_ERROR. */
const SESSION_ERRORS: ReadonlySet<number> = new Set([70, 71, 103, 106])

export function createFetchSession(): FetchSession {
  /** The partitions that the broker remembers, by `placeOf`. */
  let known = new Map<string, PartitionFetch>()
  let id = 0
  let epoch = FIRST_EPOCH

  function reset(): void {
    known = new Map()
    id = 0
    epoch = FIRST_EPOCH
  }

  return {
    next(fetches) {
      const before = known
      known = new Map(fetches.map((fetch) => [partitionKey(fetch), fetch]))
      if (id === 0) return { fetches, fields: { id, epoch, forgotten: [] } }
      return {
        fetches: fetches.filter((fetch) => !isSame(before.get(partitionKey(fetch)), fetch)),
        fields: { id, epoch, forgotten: [...before].filter(([place]) => !known.has(place)).map(([, fetch]) => fetch) },
      }
    },
    handleResponse({ errorCode, sessionId }) {
      if (SESSION_ERRORS.has(errorCode)) {
        reset()
        return false
      }
      // A broker without room for the session answers with id 0.
      if (sessionId === 0) reset()
      else {
        id = sessionId
        epoch = epoch === EPOCH_MAX ? FIRST_EPOCH + 1 : epoch + 1
      }
      return true
    },
    reset,
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
