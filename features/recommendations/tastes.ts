import { interactions, type Interaction } from '../../schemas/customers/interactions.ts'
import { decayedSum } from '../aggregations/decayed-sum.ts'
import { customerFeatures } from '../customers/customer.ts'
import { defineFeatureSet, type FeatureDefinition } from '../define-feature-set.ts'
import type { DescribedFeatures } from '../feature-set.ts'
import { bucketOf } from '../hashed-names.ts'
import { thingOf } from './recently-viewed.ts'
import type { BucketNames } from '../reasons.ts'

/** Number of groups that products and pages are hashed into by name, so that no list of them is needed. */
const GROUPS = 32

/** Returns the group of an item. The last one is cached, because each event asks once per group. */
const groupOf = (() => {
  let item: string | null = null
  let group = -1
  return (asked: string): number => {
    if (asked === item) return group
    item = asked
    return (group = bucketOf(thingOf(asked), GROUPS))
  }
})()

/** A customer’s views by groups of things: interests show in which pages are read, not only in how many. */
export const tasteFeatures = defineFeatureSet<Interaction>(
  'tastes',
  1,
  interactions,
  Object.fromEntries(
    Array.from({ length: GROUPS }, (_, group): [string, FeatureDefinition<Interaction>] => [
      `items${group}`,
      {
        value: decayedSum(({ item }) => (item !== null && groupOf(item) === group ? 1 : Number.NaN), '30d'),
        meaning: `Interactions with products and pages whose names hash to ${group} of ${GROUPS}, weighted by recency with a half-life of 30d`,
        unit: 'times',
        hashed: 'Recently looked at',
        from: ['item', 'occurredAt'],
      },
    ]),
  ),
)

/** Features for interests: everything known about a customer, including views (spec C1, C5). */
export const preferenceFeatures: DescribedFeatures = {
  id: 'preferences@1',
  names: [...customerFeatures.names, ...tasteFeatures.names],
  descriptions: [...customerFeatures.descriptions, ...tasteFeatures.descriptions],
}

/** Returns the things behind each hashed feature, by feature. People read names, not bucket numbers. */
export function viewedBucketNames(things: readonly string[]): BucketNames {
  return Map.groupBy(things, (thing) => tasteFeatures.names[bucketOf(thing, GROUPS)]!)
}
