import type { FeatureSet } from '../../features/feature-set.ts'
import type { KeyedState } from '../../features/keyed-state.ts'
import type { Envelope } from '../../schemas/avro/schema.ts'
import { mapMemory } from './map-memory.ts'

/** Returns the row after the events, by feature name. */
export function rowOf<E extends Envelope>(
  set: FeatureSet<E>,
  events: readonly E[],
  at: number,
  prepare: (memory: KeyedState) => void = () => {},
): Record<string, number> {
  const memory = mapMemory(set.kinds)
  prepare(memory)
  for (const event of events) set.fold(memory, event)
  const row = new Float64Array(set.names.length)
  set.row(memory, at, row, 0)
  return Object.fromEntries(set.names.map((name, i) => [name.slice(name.indexOf('.') + 1), row[i]!]))
}
