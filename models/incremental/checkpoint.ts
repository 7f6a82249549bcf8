import type { IncrementalLogistic } from './incremental-logistic.ts'

interface Stored {
  readonly format: 'incremental-logistic@1'
  readonly standardisation: IncrementalLogistic['standardisation']
  readonly models: readonly { readonly forgetting: number; readonly weights: number[]; readonly precision: number[] }[]
  readonly losses: readonly number[]
  readonly rows: number
  readonly refused: number
}

/** Serialises the state as JSON. Numbers round-trip exactly, so a restored model gives the same scores. */
export function encodeCheckpoint({ standardisation, models, losses, rows, refused }: IncrementalLogistic): string {
  const stored: Stored = {
    format: 'incremental-logistic@1',
    standardisation,
    models: models.map(({ forgetting, weights, precision }) => ({
      forgetting,
      weights: [...weights],
      precision: [...precision],
    })),
    losses,
    rows,
    refused,
  }
  return JSON.stringify(stored)
}

/** Restores a state. Throws if the text is not a checkpoint or is inconsistent. */
export function decodeCheckpoint(text: string): IncrementalLogistic {
  const stored = JSON.parse(text) as Partial<Stored> | null
  if (stored?.format !== 'incremental-logistic@1')
    throw new Error('This is no checkpoint of an incremental logistic model.')
  const models = stored.models!.map(({ forgetting, weights, precision }) => ({
    forgetting,
    weights: Float64Array.from(weights),
    precision: Float64Array.from(precision),
  }))
  const isWhole = models.every(
    ({ weights, precision }) =>
      precision.length === weights.length ** 2 && [...weights, ...precision].every(Number.isFinite),
  )
  if (!isWhole || models.length !== stored.losses!.length)
    throw new Error('The checkpoint of the incremental model is damaged: restore an older one, or learn anew.')
  return {
    standardisation: stored.standardisation!,
    models,
    losses: stored.losses!,
    rows: stored.rows!,
    refused: stored.refused!,
  }
}
