import { belowBaseline } from '../../models/evaluation/below-baseline.ts'
import { joinTables } from '../../models/table/join-tables.ts'
import { selectionNames, type SelectionName } from '../../models/selection/selection.ts'
import { families, familyNamed } from '../../retrainer/training/tables/families.ts'
import { calibrationNamed } from '../../retrainer/training/tables/out-of-fold-calibration.ts'
import { checkFolder } from '../../retrainer/training/tables/check-folder.ts'
import { writeModelFolder } from '../../retrainer/training/model-folder.ts'
import { readTable } from '../../retrainer/training/tables/read-table.ts'
import {
  importanceOf,
  notesOnTable,
  outlierNote,
  tableReport,
  unstableNotes,
} from '../../retrainer/training/tables/table-report.ts'
import { tableData } from '../../retrainer/training/tables/table-data.ts'
import { trainOnClasses } from '../../retrainer/training/tables/train-on-classes.ts'
import {
  trainOnTable,
  type TableTraining,
  type TableTrainingOptions,
} from '../../retrainer/training/tables/train-on-table.ts'
import type { CommandContext } from '../../composition/context.ts'
import { csvOptionsOf, type FileOptions } from '../../composition/training/file-options.ts'
import { finishClasses } from '../../composition/training/finish-classes.ts'
import { createProgress } from '../../composition/training/progress.ts'
import { VERSION } from '../../composition/version.ts'
import type { ColumnOptions } from './column-options.ts'

export interface TrainTableOptions extends FileOptions, ColumnOptions {
  readonly data: string
  /** File with the test rows. */
  readonly test?: string
  /** File with the validation rows, for early stopping and model selection. */
  readonly validation?: string
  readonly target?: string
  readonly positive?: string
  readonly time?: string
  readonly ordered: boolean
  readonly customer?: string
  readonly categorical: readonly string[]
  readonly groups: readonly string[]
  readonly task?: 'classify' | 'regress'
  readonly select: readonly string[]
  readonly cv?: number
  readonly compare: boolean
  readonly calibrate: string
  readonly set: Readonly<Record<string, unknown>>
  readonly seed: number
  readonly out?: string
}

/** Most important features listed in the metrics. */
const NAMED = 10

export async function trainTable(context: CommandContext, name: string, options: TrainTableOptions): Promise<void> {
  const { data: file, target, out, seed, compare, cv, set } = options
  if (target === undefined || out === undefined) throw new Error('--data also needs --target and --out.')
  const family = familyNamed(name)
  const progress = createProgress(`Training ${family.title.toLowerCase()} on ${file}`, 1, context.log)
  const tableOf = (path: string | undefined) =>
    path === undefined ? undefined : readTable(path, csvOptionsOf(context, options))
  const read = await readTable(file, csvOptionsOf(context, options))
  const [validation, test] = [await tableOf(options.validation), await tableOf(options.test)]
  const others = [validation, test].filter((other) => other !== undefined)
  const table = others.reduce(joinTables, read)
  context.log('info', `${file}: ${read.count} rows with ${read.columns.length} columns.`)
  const trainingOptions: TableTrainingOptions = {
    ...options,
    target,
    kind: options.task === undefined ? undefined : options.task === 'classify' ? 'classification' : 'regression',
    testRows: test?.count,
    validationRows: validation?.count,
    asCategories: [...options.categories, ...options.categorical],
    asNumbers: options.numeric,
    select: options.select.map(selectionNamed),
    families: compare ? families : [family],
    settings: { [family.name]: set },
    crossValidation: cv,
    calibrate: calibrationNamed(options.calibrate),
    progress: (done, of, loss) => progress.update(done / of, loss),
  }
  const prepared = tableData(table, trainingOptions)
  if (prepared.classes !== null) {
    const training = await trainOnClasses(table, prepared, trainingOptions).finally(() => progress.stop())
    return finishClasses(context, { out, target }, table, training)
  }
  const training = await trainOnTable(table, trainingOptions, prepared).finally(() => progress.stop())
  const metrics = metricsOf(training)
  const below = belowBaseline(training.evaluation)
  for (const note of notesOf(training)) context.log('info', note)
  const id = writeModelFolder(out, {
    artefact: training.artefact,
    metrics,
    report: await tableReport(training, target, seed),
    madeBy: VERSION,
    warnings: below === undefined ? [] : [below],
  })
  await checkFolder(out, table, training)
  context.log('info', `Model ${id.slice(0, 12)} is in ${out}; report.html shows its quality.`)
  if (below !== undefined) context.log('warn', below)
  context.print(JSON.stringify(metrics))
}

function selectionNamed(name: string): SelectionName {
  const found = selectionNames.find((one) => one === name)
  if (found === undefined)
    throw new Error(`There is no selection method ${name}. Available: ${selectionNames.join(', ')}.`)
  return found
}

function notesOf({ prepared, selection, outliers, unstable, tried, family }: TableTraining): string[] {
  return [
    ...notesOnTable(prepared),
    ...selection.dropped.map(({ feature, by, why }) => `Feature ${feature} was dropped (${by}): ${why}`),
    ...outliers.map(outlierNote),
    ...unstableNotes(unstable),
    ...tried.map(
      (one) =>
        `${one.family}${one.family === family.name ? ' (chosen)' : ''}: ${Object.entries(one.metrics)
          .map(([name, value]) => `${name} ${value.toFixed(4)}`)
          .join(', ')}`,
    ),
  ]
}

function metricsOf(training: TableTraining): Readonly<Record<string, unknown>> {
  const { algorithm, prepared, evaluation, tried, selection, outliers, calibrated } = training
  const { data, split, outOfRange } = prepared
  const below = belowBaseline(evaluation)
  return {
    ...(below === undefined ? {} : { warning: below }),
    ...Object.fromEntries(evaluation.metrics.map(({ name, value }) => [name, value])),
    intervals: Object.fromEntries(evaluation.metrics.map(({ name, lower, upper }) => [name, [lower, upper]])),
    baseline: Object.fromEntries(evaluation.metrics.map(({ name, baseline }) => [name, baseline])),
    algorithm,
    task: prepared.kind === 'classification' ? 'classify' : 'regress',
    positive: prepared.positive,
    rows: data.count,
    trainRows: split.train.length,
    testRows: split.test.length,
    split: prepared.splitWords,
    notes: prepared.notes,
    features: selection.chosen.length,
    fallenOut: selection.dropped,
    outliers,
    ...(training.unstable.length === 0 ? {} : { unstable: training.unstable }),
    ...(outOfRange.rows === 0 ? {} : { beyondTraining: outOfRange }),
    important: importanceOf(training).slice(0, NAMED),
    groups: evaluation.groups,
    ...(calibrated === undefined ? {} : { calibration: calibrated.calibrator.method, uncalibrated: calibrated.before }),
    ...(tried.length === 0 ? {} : { tried }),
  }
}
