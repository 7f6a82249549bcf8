/** Limits concurrent work per name; further callers wait for their turn. */
export interface ConcurrencyLimiter {
  run<T>(name: string, work: () => Promise<T>): Promise<T>
}

export function createConcurrencyLimiter(atOnceMax: number): ConcurrencyLimiter {
  const inside = new Map<string, number>()
  const waiting = new Map<string, (() => void)[]>()

  async function acquire(name: string): Promise<void> {
    const count = inside.get(name) ?? 0
    // A freed slot goes to the head of the queue, so that a newcomer can't overtake it.
    if (count < atOnceMax) inside.set(name, count + 1)
    else await turnIn(name)
  }

  function turnIn(name: string): Promise<void> {
    const queue = waiting.get(name) ?? []
    waiting.set(name, queue)
    return new Promise((resolve) => queue.push(resolve))
  }

  function release(name: string): void {
    const queue = waiting.get(name) ?? []
    const next = queue.shift()
    if (queue.length === 0) waiting.delete(name)
    if (next) next()
    else if (inside.get(name) === 1) inside.delete(name)
    else inside.set(name, inside.get(name)! - 1)
  }

  return {
    async run(name, work) {
      await acquire(name)
      try {
        return await work()
      } finally {
        release(name)
      }
    },
  }
}
