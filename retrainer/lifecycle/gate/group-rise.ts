import type { DescribedFeatures } from '../../../features/feature-set.ts'
import { quantile } from '../../../models/evaluation/quantile.ts'
import type { Dataset } from '../../../models/model.ts'
import { protectedFeatures } from '../../training/protected-features.ts'
import type { GroupRise } from './decide.ts'

/** An attribute with more distinct values is cut at its quartiles. */
const VALUES_MAX = 10

/**
 * Returns the group of a protected attribute in which the loss rises most, among groups of at least `rowsMin` rows;
 * `undefined` if there is none. `losses` and `others` are the losses of the rows by the challenger and by the model
 * that it is compared with. Rows in which the attribute is unknown are a group.
 */
export function worstGroup(
  newest: Pick<Dataset, 'rows' | 'width' | 'count'>,
  features: Pick<DescribedFeatures, 'descriptions'>,
  losses: Float64Array,
  others: Float64Array,
  rowsMin: number,
): GroupRise | undefined {
  let worst: GroupRise | undefined
  for (const feature of protectedFeatures(features)) {
    const values = Float64Array.from({ length: newest.count }, (_, row) => newest.rows[row * newest.width + feature]!)
    for (const [group, rows] of groupsOf(values)) {
      if (rows.length < rowsMin) continue
      const rise = rows.reduce((sum, row) => sum + losses[row]! - others[row]!, 0) / rows.length
      const attribute = features.descriptions[feature]!.name
      if (worst === undefined || rise > worst.rise) worst = { attribute, group, rows: rows.length, rise }
    }
  }
  return worst
}

/** Returns the rows of each group. */
function groupsOf(values: Float64Array): Map<string, number[]> {
  const nameOf = groupNames(values)
  return Map.groupBy(values.keys(), (row) => nameOf(values[row]!))
}

/** Returns what names the group of a value: the value or, if there are many, its quartile among all of them. */
export function groupNames(values: Float64Array): (value: number) => string {
  const known = values.filter((value) => !Number.isNaN(value)).sort()
  const cuts = new Set(known).size <= VALUES_MAX ? undefined : [0.25, 0.5, 0.75].map((share) => quantile(known, share))
  return (value) => {
    if (Number.isNaN(value)) return 'unknown'
    if (cuts === undefined) return String(value)
    const below = cuts.findIndex((cut) => value < cut)
    return below === -1 ? `from ${cuts.at(-1)!}` : `below ${cuts[below]!}`
  }
}
