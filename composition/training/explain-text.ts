import type { Artefact } from '../../models/model.ts'
import { predictedClasses } from '../../models/text/text-metrics.ts'
import { casesOf } from '../../retrainer/training/texts/text-cases.ts'
import { readJsonLines } from '../../retrainer/training/read-json-lines.ts'
import type { CommandContext } from '../context.ts'
import { csvOptionsOf, type FileOptions } from './file-options.ts'
import { withTextScorer, type TextScorerOptions } from './with-text-scorer.ts'
import { attributeText } from './text-reasons.ts'

export interface ExplainTextOptions extends TextScorerOptions, FileOptions {
  readonly data: string
  readonly row: number
}

/** Maximum number of records and words shown. */
const REASONS = 8

/**
 * Prints, as one JSON object, which records and words contribute to the score of a row's case: with two classes the
 * score of the second, with more that of the most probable.
 */
export async function explainText(
  context: CommandContext,
  folder: string,
  artefact: Artefact,
  { data, row, ...options }: ExplainTextOptions,
): Promise<void> {
  const rows = await readJsonLines(data, csvOptionsOf(context, options))
  if (!Number.isInteger(row) || row < 1 || row > rows.length)
    throw new Error(`--row ${row} must be from 1 to ${rows.length}.`)
  await withTextScorer(context, folder, artefact, options, async ({ labels, fields, thresholds, probabilities }) => {
    const { cases, caseOf } = casesOf(rows, fields)
    const { records } = cases[caseOf[row - 1]!]!
    const given = await probabilities([{ records }])
    const label = predictedClasses(given, labels.length)[0]!
    const output = labels.length === 2 && thresholds === undefined ? 1 : label
    const reasons = await attributeText(
      records.map(({ text }) => text),
      REASONS,
      async (left) => {
        const asked = left.map((lines) => ({
          records: records.flatMap((record, place) =>
            lines[place] === undefined ? [] : [{ ...record, text: lines[place] }],
          ),
        }))
        const scores = await probabilities(asked)
        return asked.map((_, one) => scores[one * labels.length + output]!)
      },
    )
    context.print(
      JSON.stringify({
        row,
        label: labels[label],
        of: labels[output],
        prediction: given[output],
        records: records.length,
        ...reasons,
      }),
    )
  })
}
