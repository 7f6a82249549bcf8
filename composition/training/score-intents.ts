import { intent, intentOutputs } from '../../models/intent/intent.ts'
import type { IntentParameters } from '../../models/intent/intent-parameters.ts'
import type { Artefact } from '../../models/model.ts'
import { contextRows, type UnparsedContext } from '../../retrainer/training/intents/contexts.ts'
import { contextsOf, intentTextsOf } from '../../retrainer/training/intents/intent-texts.ts'
import type { JsonLine } from '../../retrainer/training/read-json-lines.ts'
import { scored } from '../../retrainer/lifecycle/scored.ts'

export interface ScoredIntents {
  /** Names of the intents; the last stands for none of them. */
  readonly outputs: readonly string[]
  /** Shape [rows × outputs]. */
  readonly probabilities: Float64Array
  readonly unknownContexts: readonly UnparsedContext[]
}

/** Scores rows with an intent model, reading the fields that it was trained on. */
export async function scoreIntents(
  { parameters, featureNames }: Artefact,
  rows: readonly JsonLine[],
): Promise<ScoredIntents> {
  const stored = parameters as IntentParameters
  const { fields, context } = stored
  if (fields === undefined) throw new Error('The model was not trained on a file: it has no names of fields to read.')
  const { texts } = intentTextsOf(rows, { text: fields.text })
  const isCode = context.codes.map((codes) => codes !== null)
  const { rows: numbers, unparsedContexts: unknownContexts } = contextRows(contextsOf(rows, fields.context), {
    names: featureNames,
    isCode,
  })
  const batch = { count: rows.length, width: featureNames.length, rows: numbers, texts }
  const outputs = intentOutputs(stored)
  return { outputs, probabilities: await scored(intent.scorer(stored), batch, outputs.length), unknownContexts }
}
