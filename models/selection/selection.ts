import type { Dataset } from '../model.ts'
import { chosenFeatures } from './chosen-features.ts'
import { selectByChiSquare } from './chi-square.ts'
import { selectByElimination } from './elimination.ts'
import { selectByLasso } from './lasso.ts'
import type { Selector } from './selector.ts'

/** A dropped feature, with the method that dropped it and the reason as text. */
export interface DroppedFeature {
  readonly feature: string
  readonly by: SelectionName
  readonly why: string
}

export interface Selection {
  /** Indices of the selected features, ascending. */
  readonly chosen: Int32Array
  readonly dropped: readonly DroppedFeature[]
}

const selectors = { chi2: selectByChiSquare, rfe: selectByElimination, lasso: selectByLasso } satisfies Record<
  string,
  Selector
>

export type SelectionName = keyof typeof selectors

export const selectionNames = Object.keys(selectors) as readonly SelectionName[]

/**
 * Selects features by several methods in turn, each among those that the previous one kept. `data` must hold training
 * rows only (spec C4). A method that would keep nothing is skipped.
 */
export function selectFeatures(
  data: Dataset,
  kind: 'classification' | 'regression',
  methods: readonly SelectionName[],
  seed: number,
): Selection {
  let chosen = Int32Array.from({ length: data.width }, (_, feature) => feature)
  const dropped: DroppedFeature[] = []
  for (const by of methods) {
    const reasons = selectors[by](chosenFeatures(data, chosen), kind, seed)
    if (reasons.every((why) => why !== null)) continue
    reasons.forEach((why, index) => {
      if (why !== null) dropped.push({ feature: data.featureNames[chosen[index]!]!, by, why })
    })
    chosen = chosen.filter((_, index) => reasons[index] === null)
  }
  return { chosen, dropped }
}
