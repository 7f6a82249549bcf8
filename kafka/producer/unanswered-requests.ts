/** Counts the requests that were sent and never answered: each may still be executed, however late. */
export interface UnansweredRequests {
  readonly count: number
  /**
   * Counts the request unless it is answered. Call it only once connected: a request that found no connection was never
   * sent.
   */
  watch<T>(request: () => Promise<T>): Promise<T>
}

export function createUnansweredRequests(): UnansweredRequests {
  let count = 0
  return {
    get count() {
      return count
    },
    async watch(request) {
      count++
      try {
        const answer = await request()
        count--
        return answer
      } catch (error) {
        // Errors of the wire layer carry the broker’s answer in `response`; without one, none was received.
        if ((error as { response?: unknown }).response !== undefined) count--
        throw error
      }
    },
  }
}
