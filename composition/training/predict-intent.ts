import type { Artefact } from '../../models/model.ts'
import { predictedClasses } from '../../models/text/text-metrics.ts'
import { unparsedContextNote } from '../../retrainer/training/intents/contexts.ts'
import { fieldNames, isCsv, readJsonLines } from '../../retrainer/training/read-json-lines.ts'
import type { CommandContext } from '../context.ts'
import { csvOptionsOf, type FileOptions } from './file-options.ts'
import { scoreIntents } from './score-intents.ts'
import { writePredictions } from './write-predictions.ts'

const ADDED = ['prediction', 'label']

/** Writes each row with the added fields `label`, the most probable intent, and `prediction`, its probability. */
export async function predictIntent(
  context: CommandContext,
  artefact: Artefact,
  { data, out, ...reading }: FileOptions & { readonly data: string; readonly out: string },
): Promise<void> {
  const rows = await readJsonLines(data, csvOptionsOf(context, reading))
  const { outputs, probabilities, unknownContexts } = await scoreIntents(artefact, rows)
  for (const one of unknownContexts) context.log('warn', unparsedContextNote(one))
  const answers = predictedClasses(probabilities, outputs.length)
  const names = fieldNames(rows)
  await writePredictions(context, out, isCsv(data) ? 'csv' : 'json', {
    names,
    rows: rows.map((row) => names.map((name) => (Object.hasOwn(row, name) ? row[name] : undefined))),
    added: ADDED,
    predictionsOf: (row) => [probabilities[row * outputs.length + answers[row]!], outputs[answers[row]!]],
  })
  context.log('info', `${rows.length} predictions are in ${out}.`)
}
