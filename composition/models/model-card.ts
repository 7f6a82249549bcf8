import { clustersOf } from '../../models/evaluation/clusters.ts'
import { evaluate } from '../../models/evaluation/evaluate.ts'
import type { Evaluation } from '../../models/evaluation/evaluation.ts'
import type { GroupedRows } from '../../models/evaluation/group-report.ts'
import type { ScoringRuntimes } from '../../models/scoring-runtimes.ts'
import { groupNames } from '../../retrainer/lifecycle/gate/group-rise.ts'
import type { LearnableTask } from '../../retrainer/lifecycle/learnable-task.ts'
import { rescored } from '../../retrainer/lifecycle/rescored.ts'
import { usableModel } from '../../retrainer/lifecycle/rollback/prove-model.ts'
import { protectedFeatures } from '../../retrainer/training/protected-features.ts'
import type { Database } from '../../store/database.ts'
import { actsOfModel } from '../../store/models/model-acts.ts'
import { modelReports } from '../../store/models/model-reports.ts'
import { modelById, type StoredModel } from '../../store/models/models.ts'
import { meanLabelBefore, referenceRows, type ReferenceRow } from '../../store/models/monitored-rows.ts'
import { learnableTasks } from '../../subjects/subjects.ts'
import { cardPage } from './card-page.ts'

/** Rows that a model is measured on, and reports that are drawn: the newest. */
const ROWS_MAX = 2_000
const REPORTS_MAX = 200
const SEED = 1
/** Fewer rows give no figures worth a card. */
const MEASURED_MIN = 30

/**
 * Returns the card of a model as an HTML page: what it learned from, how good it is on the rows that it was compared on
 * before its release, by group too, what its gate decided, what was done with it, and what monitoring has found since.
 * The labels are those that are known now. `undefined` if there is no such model.
 */
export async function modelCard(
  database: Database,
  modelId: string,
  runtimes: ScoringRuntimes | undefined,
): Promise<string | undefined> {
  const model = await modelById(database, modelId)
  if (model === undefined) return undefined
  const task = learnableTasks.find((one) => one.task === model.task)
  const measured = task === undefined ? undefined : await measure(database, model, task, runtimes)
  return cardPage({
    model,
    evaluation: measured,
    acts: await actsOfModel(database, modelId),
    reports: (await modelReports(database, { modelId }, { limit: REPORTS_MAX })).toReversed(),
  })
}

/** Measures the model on the rows that it was compared on; `undefined` if too few are kept with their labels. */
async function measure(
  database: Database,
  model: StoredModel,
  { task, features, multiLabel }: LearnableTask,
  runtimes: ScoringRuntimes | undefined,
): Promise<Evaluation | undefined> {
  const { newestFrom, to } = model.data
  if (multiLabel !== undefined || typeof newestFrom !== 'number' || typeof to !== 'number') return undefined
  const key = { task, featureSet: model.featureSet, to: new Date(to) }
  const rows = (await referenceRows(database, key, ROWS_MAX)).filter(
    ({ at, label }) => label !== null && at !== null && at.getTime() >= newestFrom,
  )
  if (rows.length < MEASURED_MIN || model.featureSet !== features.id) return undefined
  const labels = Float64Array.from(rows, ({ label }) => label!)
  const kind = model.metrics['logLoss'] === undefined ? 'regression' : 'classification'
  if (kind === 'classification' && new Set(labels).size < 2) return undefined
  return evaluate(kind, labels, await rescored(usableModel(model, runtimes), rows), {
    baselineScore: (await meanLabelBefore(database, key, new Date(newestFrom))) ?? meanOf(labels),
    groups: protectedGroups(rows, features),
    seed: SEED,
    clusters: clustersOf(rows.map(({ customerId }) => customerId)),
  })
}

function meanOf(labels: Float64Array): number {
  return labels.reduce((sum, label) => sum + label, 0) / labels.length
}

function protectedGroups(rows: readonly ReferenceRow[], features: LearnableTask['features']): GroupedRows[] {
  return [...protectedFeatures(features)].map((feature) => {
    const values = Float64Array.from(rows, ({ row }) => row[feature]!)
    const nameOf = groupNames(values)
    return { attribute: features.descriptions[feature]!.name, groups: [...values].map(nameOf) }
  })
}
