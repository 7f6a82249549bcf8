import { belowBaseline } from '../../models/evaluation/below-baseline.ts'
import type { Table } from '../../models/table/table.ts'
import { writeModelFolder } from '../../retrainer/training/model-folder.ts'
import { checkClassesFolder } from '../../retrainer/training/tables/check-folder.ts'
import {
  classCalibrationNote,
  classesImportanceOf,
  classesReport,
  crossValidationNote,
  notesOnTable,
} from '../../retrainer/training/tables/table-report.ts'
import type { ClassesTraining } from '../../retrainer/training/tables/train-on-classes.ts'
import type { CommandContext } from '../context.ts'
import { VERSION } from '../version.ts'

/** Number of important features in the printed metrics. */
const NAMED = 10

/** Writes the folder of a multi-class model, checks it, and prints its metrics as one JSON line. */
export async function finishClasses(
  context: CommandContext,
  { out, target }: { readonly out: string; readonly target: string },
  table: Table,
  training: ClassesTraining,
): Promise<void> {
  const { artefact, prepared, tried, family } = training
  for (const note of notesOnTable(prepared)) context.log('info', note)
  for (const { family: name, metrics } of tried)
    context.log('info', `${name}${name === family.name ? ' (chosen)' : ''}: log loss ${metrics['logLoss']!.toFixed(4)}`)
  for (const words of [classCalibrationNote(training), crossValidationNote(training)])
    if (words !== undefined) context.log('info', words)
  const metrics = metricsOf(training)
  const report = classesReport(training, target)
  const below = belowBaseline(training.evaluation)
  const warnings = below === undefined ? [] : [below]
  const id = writeModelFolder(out, { artefact, metrics, report, madeBy: VERSION, warnings })
  await checkClassesFolder(out, table, training)
  context.log('info', `Model ${id.slice(0, 12)} is in ${out}; report.html shows its quality.`)
  for (const warning of warnings) context.log('warn', warning)
  context.print(JSON.stringify(metrics))
}

function metricsOf(training: ClassesTraining): Record<string, unknown> {
  const { algorithm, prepared, classes, evaluation, tried } = training
  const { data, split, outOfRange } = prepared
  const below = belowBaseline(evaluation)
  return {
    ...(below === undefined ? {} : { warning: below }),
    ...Object.fromEntries(evaluation.metrics.map(({ name, value }) => [name, value])),
    intervals: Object.fromEntries(evaluation.metrics.map(({ name, lower, upper }) => [name, [lower, upper]])),
    baseline: Object.fromEntries(evaluation.metrics.map(({ name, baseline }) => [name, baseline])),
    algorithm,
    task: 'classify',
    classes,
    perClass: evaluation.classes,
    rows: data.count,
    trainRows: split.train.length,
    testRows: split.test.length,
    split: prepared.splitWords,
    notes: prepared.notes,
    features: data.width,
    ...(training.crossValidated === undefined ? {} : { crossValidated: training.crossValidated }),
    ...(training.calibration === undefined ? {} : { calibration: training.calibration }),
    ...(outOfRange.rows === 0 ? {} : { beyondTraining: outOfRange }),
    important: classesImportanceOf(training).slice(0, NAMED),
    ...(tried.length === 0 ? {} : { tried }),
  }
}
