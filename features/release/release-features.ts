import type { DescribedFeatures } from '../feature-set.ts'
import type { ReleasedFeatures } from './released-features.ts'

export interface FeatureRelease {
  /** Every released set, the new ones at the end. */
  readonly sets: readonly ReleasedFeatures[]
  readonly added: readonly ReleasedFeatures[]
  /** Why changed sets can't be released. If there is any reason, nothing is released. */
  readonly refusals: readonly string[]
}

/**
 * Adds each set with a new name and version. Models are bound to a set by name and version, and served rows remain in
 * topics and tables for years: within a version, a position of the row always has the same meaning. Descriptions may
 * improve; a feature’s position, name, unit and sources may not change.
 */
export function releaseFeatures(
  released: readonly ReleasedFeatures[],
  sets: readonly DescribedFeatures[],
): FeatureRelease {
  const added: ReleasedFeatures[] = []
  const refusals: string[] = []
  for (const set of sets) {
    const now = releasedOf(set)
    const before = released.find(({ id }) => id === now.id)
    if (before === undefined) added.push(now)
    else refusals.push(...changes(before, now))
  }
  return { sets: [...released, ...added], added, refusals }
}

function releasedOf({ id, names, descriptions }: DescribedFeatures): ReleasedFeatures {
  const of = new Map(descriptions.map((description) => [description.name, description]))
  return {
    id,
    features: names.map((name) => [name, of.get(name)?.unit ?? '', (of.get(name)?.sources ?? []).join(' ')]),
  }
}

function changes({ id, features: before }: ReleasedFeatures, { features: now }: ReleasedFeatures): readonly string[] {
  if (before.length !== now.length) return [`${id} had ${before.length} numbers, and has ${now.length}.`]
  return before.flatMap((feature, place) => {
    const [was, is] = [feature, now[place]!].map(([name, unit, sources]) => `${name} (${unit}; from ${sources})`)
    return was === is ? [] : [`Number ${place} of ${id} was ${was}, and is ${is}.`]
  })
}

/** Returns the source of released-features.ts. */
export function featuresSourceOf(sets: readonly ReleasedFeatures[]): string {
  return `/** Meaning of the numbers of a row, under the name and version that models are bound to. */
export interface ReleasedFeatures {
  /** \`name@version\`. */
  readonly id: string
  /** Name, unit and sources of each number, in the order of the row. */
  readonly features: readonly (readonly [name: string, unit: string, sources: string])[]
}

/**
 * Every set of features that was ever released, written by \`node generators/release-schemas.ts\`. Lines are added,
 * never changed.
 */
// prettier-ignore
export const releasedFeatures: readonly ReleasedFeatures[] = [
${sets.map((set) => `  ${JSON.stringify(set)},\n`).join('')}]
`
}
