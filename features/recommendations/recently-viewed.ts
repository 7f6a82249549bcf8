import type { Interaction } from '../../schemas/customers/interactions.ts'
import { array, record, string, timestamp, type TypeOf } from '../../schemas/avro/schema.ts'
import { recordState, type KeyedState } from '../keyed-state.ts'

const ViewedThing = record('LookedAtThing', 'Something that a customer looked at, and when last.', {
  name: string,
  at: timestamp,
})
const RecentlyViewed = record('LookedAt', 'What a customer looked at most recently, the latest first.', {
  things: array(ViewedThing),
})
type Thing = TypeOf<typeof ViewedThing>

export const recentlyViewedKind = recordState('looked-at', RecentlyViewed)

/** Maximum number of things remembered per customer, the latest ones: as many as `tastes` has groups. */
export const THINGS_MAX = 32
/** Maximum length of a remembered name: longer ones explain nothing to a reader, and the list must stay small. */
const NAME_LENGTH_MAX = 80

/** Returns the thing that an item belongs to. The part after a slash is a page of the thing. */
export function thingOf(item: string): string {
  const end = item.indexOf('/')
  return end === -1 ? item : item.slice(0, end)
}

/** Remembers that a thing was looked at. The latest time is kept, so that arrival order does not matter. */
export function rememberViewed(
  state: KeyedState,
  { item, occurredAt }: Pick<Interaction, 'item' | 'occurredAt'>,
): void {
  if (item === null) return
  const name = thingOf(item)
  if (name.length > NAME_LENGTH_MAX) return
  const stored = state.get(recentlyViewedKind, '')?.things ?? []
  const known = stored.find((thing) => thing.name === name)
  if (known !== undefined && known.at >= occurredAt) return
  const things = [...stored.filter((thing) => thing !== known), { name, at: occurredAt }].sort(latestFirst)
  state.put(recentlyViewedKind, '', { things: things.slice(0, THINGS_MAX) })
}

/** Returns the names of the things looked at, the latest first. */
export function recentlyViewed(state: KeyedState): readonly string[] {
  return (state.get(recentlyViewedKind, '')?.things ?? []).map(({ name }) => name)
}

function latestFirst(one: Thing, other: Thing): number {
  return other.at - one.at || (one.name < other.name ? -1 : 1)
}
