import type { Dataset } from '../model.ts'

/** Per feature: `null` to keep it, otherwise the reason for dropping it. */
export type DropReasons = readonly (string | null)[]

/** A method of feature selection, from training rows only. */
export type Selector = (data: Dataset, kind: 'classification' | 'regression', seed: number) => DropReasons
