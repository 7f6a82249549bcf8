import { intent, intentOutputs } from '../../models/intent/intent.ts'
import type { IntentParameters } from '../../models/intent/intent-parameters.ts'
import type { Artefact } from '../../models/model.ts'
import { answersOf } from '../../models/text/text-metrics.ts'
import { contextOf, contextRows, intentTextsOf } from '../../retrainer/training/intents/intent-texts.ts'
import { fieldNames, fieldOf, isCsv, readJsonLines } from '../../retrainer/training/read-json-lines.ts'
import { scored } from '../../retrainer/lifecycle/scored.ts'
import type { CommandContext } from '../context.ts'
import { readingOf, type FileOptions } from './file-options.ts'
import { writePredictions } from './write-predictions.ts'

const ADDED = ['prediction', 'label']

/** Writes each row again with `label`, what it is about, and `prediction`, the probability of that. */
export async function predictIntent(
  context: CommandContext,
  { parameters, featureNames }: Artefact,
  { data, out, ...reading }: FileOptions & { readonly data: string; readonly out: string },
): Promise<void> {
  const stored = parameters as IntentParameters
  const { fields } = stored
  if (fields === undefined) throw new Error('The model was not trained on a file: it has no names of fields to read.')
  const rows = await readJsonLines(data, readingOf(context, reading))
  const { texts } = intentTextsOf(rows, { text: fields.text })
  const contexts = rows.map((row, index) => {
    if (fields.context === undefined) return new Map()
    return contextOf(
      fieldOf(row, fields.context, `row ${index + 1} of ${data}`),
      fields.context,
      `row ${index + 1} of ${data}`,
    )
  })
  const batch = { count: rows.length, width: featureNames.length, rows: contextRows(contexts, featureNames), texts }
  const outputs = intentOutputs(stored)
  const given = await scored(intent.scorer(stored), batch, outputs.length)
  const answers = answersOf(given, outputs.length)
  const names = fieldNames(rows)
  await writePredictions(context, out, isCsv(data) ? 'csv' : 'json', {
    names,
    rows: rows.map((row) => names.map((name) => (Object.hasOwn(row, name) ? row[name] : undefined))),
    added: ADDED,
    predictionsOf: (row) => [given[row * outputs.length + answers[row]!], outputs[answers[row]!]],
  })
  context.log('info', `${rows.length} predictions are in ${out}.`)
}
