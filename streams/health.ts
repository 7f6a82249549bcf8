/** Health of the pieces of a component that retries by itself: reports what fails repeatedly. */
export interface Health {
  /** A piece of work failed and will be tried again. `piece` names it, such as `partition 3`. */
  failed(piece: string, error: unknown): void
  /** The piece works (again), or is no longer this part's. */
  worked(piece: string): void
  /** What fails again and again, in words for the operator; `undefined`: nothing does. */
  trouble(): string | undefined
}

interface Failing {
  readonly times: number
  readonly message: string
}

/** A failure that the next try mends is no trouble: a leader moved, a connection broke. */
const TRY_AGAIN = 2

export function createHealth(): Health {
  const failing = new Map<string, Failing>()
  return {
    failed(piece, error) {
      const times = (failing.get(piece)?.times ?? 0) + 1
      failing.set(piece, { times, message: error instanceof Error ? error.message : String(error) })
    },
    worked: (piece) => void failing.delete(piece),
    trouble() {
      const again = [...failing].filter(([, { times }]) => times >= TRY_AGAIN)
      const [first] = again
      if (first === undefined) return undefined
      const [piece, { times, message }] = first
      const others = again.length === 1 ? '' : ` (${again.length - 1} more fail too)`
      return `${piece} has failed ${times} times in a row and is tried again: ${message}${others}`
    },
  }
}
