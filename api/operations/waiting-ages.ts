/** A task, as the labels of its metrics. */
interface TaskLabels {
  readonly processor: string
  readonly partition: string
}

/** Ages of the oldest waiting record of each task, which grow until the task reports again. */
export interface WaitingAges {
  /** @param since when it was written, in ms since the epoch; `undefined`: unknown, so the former one still applies */
  note(labels: TaskLabels, records: number, since: number | undefined): void
  /** Returns the age in seconds as of now; 0 if nothing waits. */
  of(labels: TaskLabels): number
  /** Sets the gauge to the ages as of now. */
  measure(): void
}

export function createWaitingAges(
  gauge: { set(labels: TaskLabels, seconds: number): void },
  now: () => number = () => Date.now(),
): WaitingAges {
  const tasks = new Map<string, { readonly labels: TaskLabels; readonly since: number | undefined }>()
  const idOf = ({ processor, partition }: TaskLabels) => `${processor}/${partition}`
  const ageOf = (since: number | undefined) => (since === undefined ? 0 : Math.max(0, (now() - since) / 1000))
  return {
    note(labels, records, since) {
      const id = idOf(labels)
      const known = since ?? tasks.get(id)?.since ?? now()
      tasks.set(id, { labels, since: records === 0 ? undefined : known })
    },
    of: (labels) => ageOf(tasks.get(idOf(labels))?.since),
    measure() {
      for (const { labels, since } of tasks.values()) gauge.set(labels, ageOf(since))
    },
  }
}
