/** Checks the input topics: each acknowledged event is there exactly once, unless it was sent again. Pure. */
export interface Inputs {
  take(id: string): void
  /**
   * Returns the problems. `count`: number of generated events, each with a unique id. Resent events may occur more than
   * once.
   */
  problems(count: number, resentIds: ReadonlySet<string>): string[]
}

const SHOWN = 3

export function createInputs(): Inputs {
  const counts = new Map<string, number>()
  return {
    take: (id) => void counts.set(id, (counts.get(id) ?? 0) + 1),
    problems(count, resentIds) {
      const problems: string[] = []
      if (counts.size !== count)
        problems.push(`${count} events were acknowledged, ${counts.size} are in the input topics`)
      const doubled = [...counts].filter(([id, times]) => times > 1 && !resentIds.has(id))
      for (const [id, times] of doubled.slice(0, SHOWN))
        problems.push(`event ${id} was sent once and is ${times} times in its topic`)
      if (doubled.length > SHOWN)
        problems.push(`${doubled.length} events were sent once and are more than once in their topics`)
      return problems
    },
  }
}
