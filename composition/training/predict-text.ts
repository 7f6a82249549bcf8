import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Artefact } from '../../models/model.ts'
import { answersOf } from '../../models/text/text-metrics.ts'
import { fieldOf, JsonLinesError, readJsonLines } from '../../retrainer/training/read-json-lines.ts'
import { casesOf } from '../../retrainer/training/texts/text-cases.ts'
import type { CommandContext } from '../context.ts'
import { withTextScorer, type TextScorerOptions } from './with-text-scorer.ts'

export interface PredictTextOptions extends TextScorerOptions {
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
  const rows = await readJsonLines(data)
  const taken = ADDED.find((name) => Object.hasOwn(rows[0]!, name))
  if (taken !== undefined) throw new JsonLinesError(`${data} already has a field ${taken}.`)
  await withTextScorer(context, folder, artefact, options, async ({ labels, fields, probabilities }) => {
    fieldOf(rows[0]!, fields.text, `row 1 of ${data}`)
    const { cases, caseOf } = casesOf(rows, fields)
    const given = await probabilities(cases)
    const added = Array.from(answersOf(given, labels.length), (answer, one) => ({
      prediction: given[one * labels.length + (labels.length === 2 ? 1 : answer)]!,
      label: labels[answer]!,
    }))
    const lines = rows.map((row, index) => `${JSON.stringify({ ...row, ...added[caseOf[index]!] })}\n`)
    const file = createWriteStream(out)
    await (out.endsWith('.gz')
      ? pipeline(Readable.from(lines), createGzip(), file)
      : pipeline(Readable.from(lines), file))
    context.log('info', `${rows.length} predictions are in ${out}.`)
  })
}
