import { createHash } from 'node:crypto'
import type { Envelope } from '../../schemas/avro/schema.ts'
import { createWorld, type Arrival, type World, type WorldOptions } from '../../simulator/world.ts'

export const DAY_MS = 86_400_000
/** A Monday, 00:00 in Shanghai. */
export const START = Date.UTC(2026, 0, 4, 16)

export function worldOf(options: Partial<WorldOptions> = {}): World {
  return createWorld({ seed: 'test', startAt: START, ...options })
}

export function days(world: World, from: number, to: number): Arrival[] {
  return [...world.history(START + from * DAY_MS, START + to * DAY_MS)]
}

/** Returns the events of a topic in order of event time, each id once. */
export function eventsOf<T extends Envelope>(arrivals: readonly Arrival[], topic: string): T[] {
  const events = new Map(arrivals.filter((each) => each.topic === topic).map(({ event }) => [event.id, event as T]))
  return [...events.values()].sort((left, right) => left.occurredAt - right.occurredAt)
}

export function hashOf(arrivals: Iterable<Arrival>): string {
  const hash = createHash('sha256')
  for (const arrival of arrivals) hash.update(JSON.stringify(arrival))
  return hash.digest('hex')
}

export function share<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.filter(holds).length / items.length
}
