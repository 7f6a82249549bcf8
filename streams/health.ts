/** Health of a component that retries by itself: reports what fails repeatedly. */
export interface Health {
  /** Records a failure that will be retried. `piece` names the part, such as `partition 3`. */
  failed(piece: string, error: unknown): void
  /** Clears the failures of a piece that works again or is no longer the component's. */
  worked(piece: string): void
  /** Describes the repeated failures for the operator; `undefined` if there are none. */
  trouble(): string | undefined
}

interface Failing {
  readonly times: number
  readonly message: string
}

/** Consecutive failures before a report: a moved leader or a broken connection is fixed by the first retry. */
const FAILURES_MIN = 2

export function createHealth(): Health {
  const failing = new Map<string, Failing>()
  return {
    failed(piece, error) {
      const times = (failing.get(piece)?.times ?? 0) + 1
      failing.set(piece, { times, message: error instanceof Error ? error.message : String(error) })
    },
    worked: (piece) => void failing.delete(piece),
    trouble() {
      const again = [...failing].filter(([, { times }]) => times >= FAILURES_MIN)
      const [first] = again
      if (first === undefined) return undefined
      const [piece, { times, message }] = first
      const others = again.length === 1 ? '' : ` (${again.length - 1} more fail too)`
      return `${piece} has failed ${times} times in a row and is tried again: ${message}${others}`
    },
  }
}
