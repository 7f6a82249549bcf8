import type { Dataset } from '../model.ts'
import { chosenFeatures } from './chosen-features.ts'
import { selectByChiSquare } from './chi-square.ts'
import { selectByElimination } from './elimination.ts'
import { selectByLasso } from './lasso.ts'
import type { Selector } from './selector.ts'

/** A feature that fell out, by which way, and why in words. */
export interface FallenOut {
  readonly feature: string
  readonly by: SelectionName
  readonly why: string
}

export interface Selection {
  /** Which features stay, ascending. */
  readonly chosen: Int32Array
  readonly fallenOut: readonly FallenOut[]
}

const selectors = { chi2: selectByChiSquare, rfe: selectByElimination, lasso: selectByLasso } satisfies Record<
  string,
  Selector
>

export type SelectionName = keyof typeof selectors

export const selectionNames = Object.keys(selectors) as readonly SelectionName[]

/**
 * Selects by one way after the other, each among what the one before left, from these rows alone: training rows (spec
 * C4). Where a way would leave nothing, it is passed over.
 */
export function selectFeatures(
  data: Dataset,
  kind: 'classification' | 'regression',
  ways: readonly SelectionName[],
  seed: number,
): Selection {
  let chosen = Int32Array.from({ length: data.width }, (_, feature) => feature)
  const fallenOut: FallenOut[] = []
  for (const by of ways) {
    const verdicts = selectors[by](chosenFeatures(data, chosen), kind, seed)
    if (verdicts.every((why) => why !== null)) continue
    verdicts.forEach((why, place) => {
      if (why !== null) fallenOut.push({ feature: data.featureNames[chosen[place]!]!, by, why })
    })
    chosen = chosen.filter((_, place) => verdicts[place] === null)
  }
  return { chosen, fallenOut }
}
