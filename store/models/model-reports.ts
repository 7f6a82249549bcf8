import { sql, type Generated, type Selectable } from 'kysely'
import type { Database, Reader } from '../database.ts'
import { storableJson } from '../sql/stored-text.ts'
import type { PageRequest } from '../sql/page.ts'
import type { GeneratedTime, Json } from '../tables.ts'

/** How an input of a model is distributed now, compared with the rows that it learned from. */
export interface InputShift {
  readonly feature: string
  /** Population stability index of the known values; null with too few of them. */
  readonly stabilityIndex: number | null
  readonly band: 'none' | 'moderate' | 'large' | null
  /** Kolmogorov–Smirnov distance, from 0 to 1; null with too few known values. */
  readonly distance: number | null
  /** Corrected for the number of inputs. */
  readonly pValue: number
  /** Whether the tests and the size of the change agree that it has changed. */
  readonly drifted: boolean
  /** Shares of missing values. */
  readonly missingBefore: number
  readonly missingNow: number
  /** The same in the first report on the model: what has changed since is judged. Null in that report. */
  readonly stabilityIndexAtRelease: number | null
  readonly missingAtRelease: number | null
}

export const monitoringRules = ['inputs', 'missing', 'scores', 'calibration', 'loss', 'age'] as const
export type MonitoringRule = (typeof monitoringRules)[number]

/** A bound of the gate that a model in use does not keep. */
export interface MonitoringWarning {
  readonly rule: MonitoringRule
  readonly says: string
}

interface ModelReportRow {
  readonly id: Generated<number>
  readonly task: string
  readonly modelId: string
  readonly measuredAt: GeneratedTime
  /** Event time of the newest score. */
  readonly asOf: Date
  /** Rows that it learned from and newest rows that it scored, of those compared. */
  readonly referenceRows: number
  readonly recentRows: number
  readonly inputsTested: number
  readonly inputsDrifted: number
  readonly missingBefore: number | null
  readonly missingNow: number | null
  /** Population stability index between its scores of the rows that it was compared on and its newest scores. */
  readonly scoreStabilityIndex: number | null
  /** The same in the first report on the model; null in that report. */
  readonly scoreStabilityIndexAtRelease: number | null
  readonly meanScoreBefore: number | null
  readonly meanScoreNow: number | null
  /** Days of event time from the newest row that it learned from to the newest score. */
  readonly ageDays: number | null
  /** Live scores whose label is known, of the newest ones. */
  readonly labels: number
  /** Log loss of probabilities, root mean squared error of estimates. */
  readonly loss: number | null
  readonly lossAtRelease: number | null
  readonly auc: number | null
  readonly calibrationError: number | null
  /** Mean label minus mean score. */
  readonly bias: number | null
  /** What the newest scores, whose labels are not known, lead to expect; and how wrong that was in earlier weeks. */
  readonly lossExpected: number | null
  readonly lossExpectedError: number | null
  readonly aucExpected: number | null
  readonly aucExpectedError: number | null
  /** The inputs that changed most; all of them in the first report on the model. */
  readonly inputs: Json<readonly InputShift[]>
  readonly warnings: Json<readonly MonitoringWarning[]>
}

declare module '../tables.ts' {
  interface Tables {
    model_reports: ModelReportRow
  }
}

export type ModelReport = Selectable<ModelReportRow>
export type NewModelReport = Omit<ModelReport, 'id' | 'measuredAt'>

/** Days that reports are kept. */
const DAYS_KEPT = 400

/** Stores a report, and drops those of the task that have been kept long enough. */
export async function saveModelReport(database: Database, report: NewModelReport): Promise<ModelReport> {
  return database.transaction().execute(async (transaction) => {
    await transaction
      .deleteFrom('model_reports')
      .where('task', '=', report.task)
      .where('measuredAt', '<', sql<Date>`now() - ${DAYS_KEPT} * interval '1 day'`)
      .execute()
    return transaction
      .insertInto('model_reports')
      .values({ ...report, inputs: storableJson(report.inputs), warnings: storableJson(report.warnings) })
      .returningAll()
      .executeTakeFirstOrThrow()
  })
}

/** Returns reports, newest first. */
export function modelReports(
  database: Reader,
  { task, modelId }: { readonly task?: string | undefined; readonly modelId?: string | undefined },
  { limit, after }: Pick<PageRequest, 'limit'> & { readonly after?: number | undefined },
): Promise<ModelReport[]> {
  let query = database.selectFrom('model_reports').selectAll().orderBy('id', 'desc').limit(limit)
  if (task !== undefined) query = query.where('task', '=', task)
  if (modelId !== undefined) query = query.where('modelId', '=', modelId)
  if (after !== undefined) query = query.where('id', '<', after)
  return query.execute()
}

/** Returns the first report on a model of a task; `undefined` if there is none. */
export function firstReport(database: Reader, task: string, modelId: string): Promise<ModelReport | undefined> {
  return database
    .selectFrom('model_reports')
    .selectAll()
    .where('task', '=', task)
    .where('modelId', '=', modelId)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
}

/** Returns the newest report on each task whose champion it is about. */
export function reportsOnChampions(database: Reader): Promise<ModelReport[]> {
  return database
    .selectFrom('model_reports')
    .innerJoin('models', 'models.id', 'model_reports.modelId')
    .selectAll('model_reports')
    .distinctOn('model_reports.task')
    .where('models.status', '=', 'champion')
    .orderBy('model_reports.task')
    .orderBy('model_reports.id', 'desc')
    .execute()
}
