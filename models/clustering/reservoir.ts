import { randomInteger, type Random } from '../random.ts'

export interface Reservoir<Item> {
  offer(item: Item): void
  readonly items: readonly Item[]
}

/** Keeps a uniform sample of `size` offered items (Vitter 1985, algorithm R). */
export function createReservoir<Item>(size: number, next: Random): Reservoir<Item> {
  const items: Item[] = []
  let offered = 0
  return {
    offer(item) {
      const index = offered < size ? offered : randomInteger(next, offered + 1)
      offered++
      if (index < size) items[index] = item
    },
    items,
  }
}
