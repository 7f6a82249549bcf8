import type { Dataset } from '../model.ts'

/** What one way of selecting says of each feature: `null`: it stays; else why it does not. */
export type Verdicts = readonly (string | null)[]

/** A way of selecting features, from training rows alone. */
export type Selector = (data: Dataset, kind: 'classification' | 'regression', seed: number) => Verdicts
