/** A task, as the labels of its metrics. */
interface TaskLabels {
  readonly processor: string
  readonly partition: string
}

/** Ages of the oldest waiting record of each task, which grow until the task reports again. */
export interface WaitingAges {
  /** @param since when it was written, in ms since the epoch; `undefined`: unknown, so the former one still applies */
  note(labels: TaskLabels, records: number, since: number | undefined): void
  /** Sets the gauge to the ages as of now. */
  measure(): void
}

export function createWaitingAges(
  gauge: { set(labels: TaskLabels, seconds: number): void },
  now: () => number = () => Date.now(),
): WaitingAges {
  const tasks = new Map<string, { readonly labels: TaskLabels; readonly since: number | undefined }>()
  return {
    note(labels, records, since) {
      const id = `${labels.processor}/${labels.partition}`
      const known = since ?? tasks.get(id)?.since ?? now()
      tasks.set(id, { labels, since: records === 0 ? undefined : known })
    },
    measure() {
      for (const { labels, since } of tasks.values())
        gauge.set(labels, since === undefined ? 0 : Math.max(0, (now() - since) / 1000))
    },
  }
}
