import { calibration, calibrationError } from '../../../models/evaluation/metrics.ts'
import { binnedNumbers, stabilityIndex } from '../../../models/drift/stability-index.ts'
import { SAMPLE_MIN } from '../../../models/drift/sample-shift.ts'
import type { ScoringRuntimes } from '../../../models/scoring-runtimes.ts'
import { DAY_MS } from '../../../schemas/durations.ts'
import type { Database } from '../../../store/database.ts'
import { currentScores, type CurrentScore } from '../../../store/models/current-scores.ts'
import { liveLabels, type LiveLabel } from '../../../store/models/kept-scores.ts'
import { recordAct, SYSTEM } from '../../../store/models/model-acts.ts'
import {
  firstReport,
  modelReports,
  saveModelReport,
  type ModelReport,
  type NewModelReport,
} from '../../../store/models/model-reports.ts'
import { referenceRows, type ReferenceRow } from '../../../store/models/monitored-rows.ts'
import { championOf, type StoredModel } from '../../../store/models/models.ts'
import { gateOf } from '../gate/task-gate.ts'
import type { LearnableTask } from '../learnable-task.ts'
import { rescored } from '../rescored.ts'
import { liveQuality } from '../rollback/live-quality.ts'
import { usableModel } from '../rollback/prove-model.ts'
import { expectedQuality, known } from './expected-quality.ts'
import { inputShifts } from './input-shifts.ts'
import { warningsOf } from './warnings.ts'

/** Rows of each sample that are compared, and labels that the live scores are judged by: the newest. */
const ROWS_MAX = 2_000
const LABELS_MAX = 1_000
/** Reference rows that are scored: texts take long. */
const SCORED_MAX = 1_000
/** Inputs that a report names. */
const INPUTS_MAX = 40
const SEED = 1

export interface MonitorOptions {
  readonly runtimes?: ScoringRuntimes | undefined
  /** Scores of each model's reference rows; kept between calls, since reading texts again takes long. */
  readonly scoresBefore?: Map<string, Float64Array>
  /** Whether to report although nothing has happened since the last report. */
  readonly always?: boolean
}

/** What is new in a report on a model. */
export interface Monitored {
  readonly report: ModelReport
  /** Warnings that the report before did not have. */
  readonly newWarnings: ModelReport['warnings']
}

/**
 * Compares what the champion of a task sees and gives now with the rows that it learned from, with the newest of them,
 * which it was only compared on, and with its newest labels, and stores a report. A bound that is newly broken is also
 * recorded as an act of the platform, which channels can deliver. `undefined` if there is no champion, if none of its
 * scores is kept, or if nothing has happened since the last report.
 */
export async function monitorTask(
  database: Database,
  { task, features }: Pick<LearnableTask, 'task' | 'features'>,
  { runtimes, scoresBefore = new Map<string, Float64Array>(), always = false }: MonitorOptions = {},
): Promise<Monitored | undefined> {
  const champion = await championOf(database, task)
  if (champion === undefined || champion.featureSet !== features.id) return undefined
  const key = { task, modelId: champion.id, featureSet: champion.featureSet }
  const current = await currentScores(database, key, ROWS_MAX)
  if (current.length === 0) return undefined
  const labelled = await liveLabels(database, task, champion.id, LABELS_MAX)
  const [last] = await modelReports(database, { task }, { limit: 1 })
  const first = await firstReport(database, task, champion.id)
  const before = last?.modelId === champion.id ? last : undefined
  const asOf = new Date(Math.max(...current.map(({ at }) => at.getTime())))
  if (before?.asOf.getTime() === asOf.getTime() && before.labels === labelled.length && !always) return undefined
  const { to } = champion.data
  const reference = typeof to === 'number' ? await referenceRows(database, { ...key, to: new Date(to) }, ROWS_MAX) : []
  if (!scoresBefore.has(champion.id)) scoresBefore.set(champion.id, await scoresOfNewest(champion, reference, runtimes))
  const { rules } = await gateOf(database, task)
  const measured = {
    ...{ task, modelId: champion.id, asOf },
    ...inputFigures(features.names, reference, current, first),
    ...scoreFigures(scoresBefore.get(champion.id)!, current),
    scoreStabilityIndexAtRelease: first?.scoreStabilityIndex ?? null,
    ...qualityFigures(champion, current, labelled, rules),
    ageDays: typeof to === 'number' ? (asOf.getTime() - to) / DAY_MS : null,
  }
  const warnings = warningsOf(measured, rules)
  // The first report is what the later ones are compared with.
  const inputs = first === undefined ? measured.inputs : measured.inputs.slice(0, INPUTS_MAX)
  const report = await saveModelReport(database, { ...measured, inputs, warnings })
  const newWarnings = warnings.filter(({ rule }) => before?.warnings.every((one) => one.rule !== rule) ?? true)
  if (newWarnings.length > 0) await recordWarnings(database, report, newWarnings)
  return { report, newWarnings }
}

/** Scores the rows that the model was compared on before its release: it did not learn from them. */
async function scoresOfNewest(
  champion: StoredModel,
  reference: readonly ReferenceRow[],
  runtimes: ScoringRuntimes | undefined,
): Promise<Float64Array> {
  const { newestFrom } = champion.data
  if (typeof newestFrom !== 'number') return new Float64Array()
  const newest = reference.filter(({ at }) => at !== null && at.getTime() >= newestFrom).slice(0, SCORED_MAX)
  return newest.length === 0 ? new Float64Array() : rescored(usableModel(champion, runtimes), newest)
}

async function recordWarnings(database: Database, report: ModelReport, warnings: ModelReport['warnings']) {
  const { task, modelId } = report
  await database
    .transaction()
    .execute((transaction) =>
      recordAct(
        transaction,
        { task, modelId, act: 'warn' },
        { by: SYSTEM, reason: warnings.map(({ says }) => says).join(' '), numbers: numbersOf(report) },
      ),
    )
}

type InputFigures = Pick<
  NewModelReport,
  'referenceRows' | 'recentRows' | 'inputsTested' | 'inputsDrifted' | 'inputs' | 'missingBefore' | 'missingNow'
>

function inputFigures(
  names: readonly string[],
  reference: readonly ReferenceRow[],
  current: readonly CurrentScore[],
  first: ModelReport | undefined,
): InputFigures {
  const enough = reference.length >= SAMPLE_MIN && current.length >= SAMPLE_MIN
  const atRelease = new Map(first?.inputs.map((input) => [input.feature, input]))
  const inputs = (enough ? inputShifts(names, reference, current, SEED) : []).map((input) => ({
    ...input,
    stabilityIndexAtRelease: atRelease.get(input.feature)?.stabilityIndex ?? null,
    missingAtRelease: atRelease.get(input.feature)?.missingNow ?? null,
  }))
  return {
    referenceRows: reference.length,
    recentRows: current.length,
    inputsTested: inputs.length,
    inputsDrifted: inputs.filter(({ drifted }) => drifted).length,
    inputs,
    missingBefore: missingShare(reference),
    missingNow: missingShare(current),
  }
}

function missingShare(rows: readonly { readonly row: readonly number[] }[]): number | null {
  const [missing, cells] = rows.reduce(
    ([sum, all], { row }) => [sum + row.filter((value) => Number.isNaN(value)).length, all + row.length],
    [0, 0],
  )
  return known(missing / cells)
}

function scoreFigures(before: Float64Array, current: readonly CurrentScore[]) {
  const now = Float64Array.from(current, ({ probability }) => probability)
  const enough = before.length >= SAMPLE_MIN && now.length >= SAMPLE_MIN
  return {
    scoreStabilityIndex: enough ? stabilityIndex(...binnedNumbers(before, now)) : null,
    meanScoreBefore: meanOf(before),
    meanScoreNow: meanOf(now),
  }
}

type QualityFigures = Pick<
  NewModelReport,
  | 'labels'
  | 'loss'
  | 'lossAtRelease'
  | 'auc'
  | 'calibrationError'
  | 'bias'
  | 'lossExpected'
  | 'lossExpectedError'
  | 'aucExpected'
  | 'aucExpectedError'
>

function qualityFigures(
  { metrics }: StoredModel,
  current: readonly CurrentScore[],
  labelled: readonly LiveLabel[],
  rules: Parameters<typeof liveQuality>[2],
): QualityFigures {
  const quality = labelled.length === 0 ? undefined : liveQuality(labelled, metrics, rules)
  const labels = Float64Array.from(labelled, ({ label }) => label)
  const given = Float64Array.from(labelled, ({ probability }) => probability)
  const lossAtRelease = known(metrics['logLoss'] ?? metrics['rmse'])
  // An estimate says nothing about its own error.
  const expected =
    metrics['logLoss'] === undefined
      ? undefined
      : expectedQuality(
          Float64Array.from(current, ({ probability }) => probability),
          labelled,
        )
  return {
    labels: labelled.length,
    loss: known(quality?.loss.estimate),
    lossAtRelease,
    auc: known(quality?.auc?.estimate),
    calibrationError: labelled.length === 0 ? null : known(calibrationError(calibration(labels, given))),
    bias: known(meanOf(labels) === null ? undefined : meanOf(labels)! - meanOf(given)!),
    lossExpected: expected?.loss.value ?? null,
    lossExpectedError: expected?.loss.error ?? null,
    aucExpected: expected?.auc.value ?? null,
    aucExpectedError: expected?.auc.error ?? null,
  }
}

function meanOf(values: Float64Array): number | null {
  return known(values.reduce((sum, value) => sum + value, 0) / values.length)
}

/** The numbers of a report that are known, for the record of an act. */
function numbersOf(report: ModelReport): Record<string, number> {
  const told = [
    'inputsDrifted',
    'scoreStabilityIndex',
    'calibrationError',
    'loss',
    'lossAtRelease',
    'labels',
    'ageDays',
  ]
  return Object.fromEntries(
    Object.entries(report).filter(
      (entry): entry is [string, number] => told.includes(entry[0]) && typeof entry[1] === 'number',
    ),
  )
}
