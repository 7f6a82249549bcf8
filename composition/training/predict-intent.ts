import type { Artefact } from '../../models/model.ts'
import { answersOf } from '../../models/text/text-metrics.ts'
import { strangeContextWords } from '../../retrainer/training/intents/contexts.ts'
import { fieldNames, isCsv, readJsonLines } from '../../retrainer/training/read-json-lines.ts'
import type { CommandContext } from '../context.ts'
import { readingOf, type FileOptions } from './file-options.ts'
import { scoreIntents } from './score-intents.ts'
import { writePredictions } from './write-predictions.ts'

const ADDED = ['prediction', 'label']

/** Writes each row with the added fields `label`, the most probable intent, and `prediction`, its probability. */
export async function predictIntent(
  context: CommandContext,
  artefact: Artefact,
  { data, out, ...reading }: FileOptions & { readonly data: string; readonly out: string },
): Promise<void> {
  const rows = await readJsonLines(data, readingOf(context, reading))
  const { outputs, probabilities, strange } = await scoreIntents(artefact, rows)
  for (const one of strange) context.log('warn', strangeContextWords(one))
  const answers = answersOf(probabilities, outputs.length)
  const names = fieldNames(rows)
  await writePredictions(context, out, isCsv(data) ? 'csv' : 'json', {
    names,
    rows: rows.map((row) => names.map((name) => (Object.hasOwn(row, name) ? row[name] : undefined))),
    added: ADDED,
    predictionsOf: (row) => [probabilities[row * outputs.length + answers[row]!], outputs[answers[row]!]],
  })
  context.log('info', `${rows.length} predictions are in ${out}.`)
}
