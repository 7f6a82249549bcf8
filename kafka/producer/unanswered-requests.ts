/** Counts the requests that left and were never answered: each may still be executed, however late. */
export interface UnansweredRequests {
  readonly count: number
  /** Counts this request, unless it is answered. One that found no connection never left: watch it once connected. */
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
