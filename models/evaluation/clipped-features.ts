import type { Dataset } from '../model.ts'
import type { Standardisation } from '../linear/standardise.ts'

/** Counts of a feature's values outside its bounds, which are clipped to them. */
export interface ClippedFeature {
  readonly feature: string
  readonly below: number
  readonly above: number
  readonly lower: number
  readonly upper: number
}

/** Counts the values that the model clips, by feature; features without any are left out. */
export function clippedFeatures(
  { lower, upper, oneHot = [] }: Standardisation,
  { rows, width, count, featureNames }: Pick<Dataset, 'rows' | 'width' | 'count' | 'featureNames'>,
): ClippedFeature[] {
  const codes = new Set(oneHot.map(({ feature }) => feature))
  return featureNames.flatMap((feature, column) => {
    if (codes.has(column)) return []
    const [least, greatest] = [lower[column]!, upper[column]!]
    let [below, above] = [0, 0]
    for (let row = 0; row < count; row++) {
      const value = rows[row * width + column]!
      if (value < least) below++
      else if (value > greatest) above++
    }
    return below + above === 0 ? [] : [{ feature, below, above, lower: least, upper: greatest }]
  })
}
