import type { Processor } from '../../processors/processor.ts'

/** The tasks of a processor to verify. */
export interface ChosenTasks {
  readonly processor: Processor
  readonly partitions: readonly number[]
}

/**
 * Returns a sample of `size` tasks, spread over processors and partitions. Consecutive seeds choose consecutive tasks,
 * so that all tasks have their turn over time.
 */
export function sampleTasks(chosen: readonly ChosenTasks[], size: number, seed: number): readonly ChosenTasks[] {
  const width = Math.max(0, ...chosen.map(({ partitions }) => partitions.length))
  const tasks = Array.from({ length: width }, (_, row) =>
    chosen.flatMap(({ processor, partitions }) =>
      partitions[row] === undefined ? [] : [{ processor, partition: partitions[row] }],
    ),
  ).flat()
  const taken = Math.min(size, tasks.length)
  const from = (seed * size) % Math.max(1, tasks.length)
  const sample = Array.from({ length: taken }, (_, index) => tasks[(from + index) % tasks.length]!)
  return [...Map.groupBy(sample, ({ processor }) => processor)].map(([processor, list]) => ({
    processor,
    partitions: list.map(({ partition }) => partition).sort((a, b) => a - b),
  }))
}
