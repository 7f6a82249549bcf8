import { basename } from 'node:path'
import type { Artefact } from '../../models/model.ts'
import { answersOf } from '../../models/text/text-metrics.ts'
import { fieldNames, fieldOf, isCsv, readJsonLines } from '../../retrainer/training/read-json-lines.ts'
import { casesOf } from '../../retrainer/training/texts/text-cases.ts'
import type { CommandContext } from '../context.ts'
import { readingOf, type FileOptions } from './file-options.ts'
import { writePredictions } from './write-predictions.ts'
import { unreadWords } from './unread-words.ts'
import { backboneFor, withTextScorer, type TextScorerOptions } from './with-text-scorer.ts'

export interface PredictTextOptions extends TextScorerOptions, FileOptions {
  readonly data: string
  readonly out: string
}

const ADDED = ['prediction', 'label']

/**
 * Writes each row again with `prediction` and `label`: of two classes the probability of the second and which is the
 * more probable, of more the most probable one with its probability. Rows of one case have the same.
 */
export async function predictText(
  context: CommandContext,
  folder: string,
  artefact: Artefact,
  options: PredictTextOptions,
): Promise<void> {
  const { data, out } = options
  const rows = await readJsonLines(data, readingOf(context, options))
  await withTextScorer(context, folder, artefact, options, async ({ labels, fields, probabilities, unread }) => {
    fieldOf(rows[0]!, fields.text, `row 1 of ${data}`)
    const { cases, caseOf } = casesOf(rows, fields)
    const given = await probabilities(cases)
    const added = Array.from(answersOf(given, labels.length), (answer, one) => [
      given[one * labels.length + (labels.length === 2 ? 1 : answer)]!,
      labels[answer]!,
    ])
    const names = fieldNames(rows)
    await writePredictions(context, out, isCsv(data) ? 'csv' : 'json', {
      names,
      rows: rows.map((row) => names.map((name) => (Object.hasOwn(row, name) ? row[name] : undefined))),
      added: ADDED,
      predictionsOf: (row) => added[caseOf[row]!]!,
    })
    const { folder: backbone } = backboneFor(context, folder, artefact, options)
    for (const words of unreadWords(unread, cases.length, basename(backbone))) context.log('warn', words)
    context.log('info', `${rows.length} predictions are in ${out}.`)
  })
}
