import { basename } from 'node:path'
import type { Artefact } from '../../models/model.ts'
import { formatOf } from '../../files/file-format.ts'
import { predictedLabels, type LabelTextParameters } from '../../models/text/label-text-model.ts'
import { predictedClasses } from '../../models/text/text-metrics.ts'
import { fieldNames, fieldOf, isCsv, readJsonLines } from '../../retrainer/training/read-json-lines.ts'
import { casesOf } from '../../retrainer/training/texts/text-cases.ts'
import type { CommandContext } from '../context.ts'
import { csvOptionsOf, type FileOptions } from './file-options.ts'
import { writePredictions } from './write-predictions.ts'
import { vocabularyWarnings } from './vocabulary-warnings.ts'
import { backboneFor, withTextScorer, type TextScorerOptions } from './with-text-scorer.ts'

export interface PredictTextOptions extends TextScorerOptions, FileOptions {
  readonly data: string
  readonly out: string
}

interface Answers {
  readonly added: readonly string[]
  /** Values of the added fields, by case. */
  readonly of: readonly (readonly unknown[])[]
}

/** Returns the most probable label and a probability: with two classes that of the second, else that of the label. */
function classesOf(labels: readonly string[], given: Float64Array): Answers {
  const of = Array.from(predictedClasses(given, labels.length), (answer, one) => [
    given[one * labels.length + (labels.length === 2 ? 1 : answer)]!,
    labels[answer]!,
  ])
  return { added: ['prediction', 'label'], of }
}

/** Separator of labels in formats without lists. */
const SEPARATOR = ';'

/** Returns the labels of each case and the probability of every label. */
function labelsOf(
  model: Pick<LabelTextParameters, 'labels' | 'thresholds'>,
  given: Float64Array,
  isTable: boolean,
): Answers {
  const width = model.labels.length
  const of = Array.from({ length: given.length / width }, (_, one) => {
    const own = given.subarray(one * width, (one + 1) * width)
    const has = predictedLabels(model, own)
    return [isTable ? has.join(SEPARATOR) : has, ...own]
  })
  return { added: ['labels', ...model.labels.map((name) => `probability ${name}`)], of }
}

function isTableOf(out: string, data: string): boolean {
  return (formatOf(out) ?? (isCsv(data) ? 'csv' : 'json')) !== 'json'
}

/**
 * Writes each row with the added fields `prediction` and `label`: with two classes the probability of the second and
 * the more probable class; with more, the most probable class and its probability. For a model of label sets, adds
 * `labels` and the probability of each. All rows of a case get the same values.
 */
export async function predictText(
  context: CommandContext,
  folder: string,
  artefact: Artefact,
  options: PredictTextOptions,
): Promise<void> {
  const { data, out } = options
  const rows = await readJsonLines(data, csvOptionsOf(context, options))
  await withTextScorer(
    context,
    folder,
    artefact,
    options,
    async ({ labels, fields, thresholds, probabilities, unread }) => {
      fieldOf(rows[0]!, fields.text, `row 1 of ${data}`)
      const { cases, caseOf } = casesOf(rows, fields)
      const given = await probabilities(cases)
      const isTable = isTableOf(out, data)
      const answers =
        thresholds === undefined ? classesOf(labels, given) : labelsOf({ labels, thresholds }, given, isTable)
      const names = fieldNames(rows)
      await writePredictions(context, out, isCsv(data) ? 'csv' : 'json', {
        names,
        rows: rows.map((row) => names.map((name) => (Object.hasOwn(row, name) ? row[name] : undefined))),
        added: answers.added,
        predictionsOf: (row) => answers.of[caseOf[row]!]!,
      })
      const { folder: backbone } = backboneFor(context, folder, artefact, options)
      for (const words of vocabularyWarnings(unread, cases.length, basename(backbone))) context.log('warn', words)
      context.log('info', `${rows.length} predictions are in ${out}.`)
    },
  )
}
