import { writeFileSync } from 'node:fs'
import { InvalidArgumentError } from 'commander'
import { familyNamed } from '../../retrainer/training/tables/families.ts'
import { readTable } from '../../retrainer/training/tables/read-table.ts'
import {
  evaluateStream,
  type EvaluateStreamOptions,
  type StreamEvaluation,
} from '../../composition/drift/evaluate-stream.ts'
import { evaluationPage } from '../../composition/drift/evaluation-page.ts'
import { readLabelDelay, type LabelDelay } from '../../composition/drift/label-delay.ts'
import { readRetrain, type Retrain } from '../../composition/drift/policy.ts'
import { csvOptionsOf, type FileOptions } from '../../composition/training/file-options.ts'
import { createProgress } from '../../composition/training/progress.ts'
import type { DefineCommand } from '../define-command.ts'
import { addColumnOptions, type ColumnOptions } from './column-options.ts'
import { addFileOptions } from './file-options.ts'
import { list, wholeNumber } from './option-values.ts'

interface EvaluateStreamCommandOptions
  extends
    FileOptions,
    ColumnOptions,
    Omit<EvaluateStreamOptions, 'family' | 'asCategories' | 'asNumbers' | 'policies' | keyof ColumnOptions> {
  readonly data: string
  readonly retrain: readonly Retrain[]
  readonly algorithm: string
  readonly json?: string
  readonly out?: string
}

export const defineEvaluateStream: DefineCommand = (command, context) => {
  addColumnOptions(addFileOptions(command), 'columns that are not known at scoring time')
    .requiredOption('--data <file>', 'CSV, TSV or JSON lines; may be gzipped (.gz)')
    .requiredOption('--target <column>', 'the column to predict, with two classes')
    .requiredOption(
      '--label-delay <delay>',
      'delay after which labels arrive: a number of rows (1000) or a time (36h, 30d, 2w)',
      labelDelay,
    )
    .requiredOption('--start <rows>', 'rows to train on before the first scored row', wholeNumber(1))
    .requiredOption(
      '--retrain <policies>',
      'never, every:ROWS, drift or incremental; several, separated by commas, are compared',
      policies,
    )
    .option('--positive <value>', 'the value of the positive class')
    .option('--time <column>', 'column with the time of a row; by default the rows are in time order')
    .option('--algorithm <family>', 'gbm, deep or linear; incremental is always logistic', 'gbm')
    .option(
      '--period <rows>',
      'rows per period in the figures; default: a twentieth of the rows, at least 200',
      wholeNumber(20),
    )
    .option('--window <rows>', 'window of the drift detector in rows, moved in ten steps', wholeNumber(20))
    .option('--seed <number>', 'seed of every random choice', wholeNumber(0), 1)
    .option('--json <file>', 'write the figures to this file')
    .option('--out <file>', 'write an HTML report with plots to this file')
    .action(
      async ({
        data,
        json,
        out,
        algorithm,
        retrain,
        categories,
        numeric,
        ...options
      }: EvaluateStreamCommandOptions) => {
        const here = context()
        const family = familyNamed(algorithm === 'logistic' ? 'linear' : algorithm)
        const table = await readTable(data, csvOptionsOf(here, options))
        const progress = createProgress(`Replaying ${data}`, 1, here.log)
        const evaluation = await evaluateStream(table, {
          ...options,
          asCategories: categories,
          asNumbers: numeric,
          policies: retrain,
          family,
          progress: (done) => progress.update(done),
        }).finally(() => progress.stop())
        for (const note of evaluation.notes) here.log('warn', note)
        for (const one of evaluation.policies) here.log('info', wordsOf(one))
        const line = JSON.stringify({ data, target: options.target, algorithm: family.name, ...summaryOf(evaluation) })
        if (json !== undefined) writeFileSync(json, `${line}\n`)
        if (out !== undefined)
          writeFileSync(out, evaluationPage(`Retraining for ${options.target}: ${data}`, evaluation))
        here.print(line)
      },
    )
}

/** Returns the figures of the first policy at the top level, followed by the whole evaluation. */
function summaryOf(evaluation: StreamEvaluation) {
  const { logLoss, auc, calibrationError, trainings, retrain } = evaluation.policies[0]!
  return { retrain, logLoss, auc, calibrationError, trainings, ...evaluation }
}

function wordsOf({
  retrain,
  logLoss,
  auc,
  calibrationError,
  trainings,
  difference,
}: StreamEvaluation['policies'][number]): string {
  const apart =
    difference === null
      ? ''
      : `; log loss ${difference.estimate < 0 ? '−' : '+'}${Math.abs(difference.estimate).toFixed(4)} (${difference.lower.toFixed(4)} to ${difference.upper.toFixed(4)}) against the first`
  return `${retrain}: log loss ${logLoss.toFixed(4)}, AUC within periods ${auc?.toFixed(4) ?? '–'}, calibration error ${calibrationError.toFixed(4)}, ${trainings} trainings${apart}`
}

function labelDelay(text: string): LabelDelay {
  const found = readLabelDelay(text)
  if (found !== undefined) return found
  throw new InvalidArgumentError('It must be a number of rows, such as 1000, or a time, such as 36h, 30d or 2w.')
}

function policies(text: string): readonly Retrain[] {
  return list(text).map((one) => {
    const found = readRetrain(one)
    if (found !== undefined) return found
    throw new InvalidArgumentError(
      `${JSON.stringify(one)} is not one of never, every:ROWS (such as every:1000), drift, incremental.`,
    )
  })
}
