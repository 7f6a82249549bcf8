import { customerFeatures } from '../../features/customers/customer.ts'
import { bootstrapInterval, type Interval } from '../../models/evaluation/bootstrap.ts'
import { clustersOf, type Clusters } from '../../models/evaluation/clusters.ts'
import { groupReport, type GroupReport } from '../../models/evaluation/group-report.ts'
import { metricIntervals } from '../../models/evaluation/metric-intervals.ts'
import { quantile } from '../../models/evaluation/quantile.ts'
import { logLoss, rocAuc, rootMeanSquaredError } from '../../models/evaluation/metrics.ts'
import type { Dataset } from '../../models/model.ts'
import { chosenFeatures } from '../../models/selection/chosen-features.ts'
import { chosenRows, type Split } from '../../models/split.ts'
import { families, type Family } from '../../retrainer/training/tables/families.ts'
import { protectedFeatures, unprotectedFeatures } from '../../retrainer/training/protected-features.ts'
import { scored } from '../../retrainer/lifecycle/scored.ts'
import type { ServedRows } from './rows-of-import.ts'

const DRAWS = 500

export interface FamilyFigures {
  readonly family: string
  readonly metrics: Readonly<Record<string, Interval>>
  /**
   * Cost of leaving protected attributes out: the loss without them minus that with them, paired. Above 0 they helped.
   */
  readonly costWithoutProtected: { readonly loss: Interval; readonly auc: Interval | null }
  readonly seconds: number
  readonly groups: readonly GroupReport[]
}

export interface ProtectedComparison {
  readonly rows: number
  readonly testRows: number
  readonly customers: number
  readonly meanLabel: number
  readonly protectedFeatures: readonly string[]
  /** Metrics of baselines without a model, on the same rows. */
  readonly baselines: Readonly<Record<string, Readonly<Record<string, Interval>>>>
  readonly families: readonly FamilyFigures[]
}

/**
 * Evaluates every model family on the given splits, with protected attributes and without; all intervals resample
 * customers.
 */
export async function withAndWithoutProtected(
  imported: ServedRows,
  kind: 'classification' | 'regression',
  splits: readonly Split[],
  baselines: Readonly<Record<string, Score>>,
): Promise<ProtectedComparison> {
  const { data } = imported
  const tested = testedRows(imported, kind, splits)
  const { rows, labels, drawn } = tested
  const found: FamilyFigures[] = []
  for (const family of families) found.push(await evaluateFamily(family, tested))
  const beside: Record<string, Readonly<Record<string, Interval>>> = {}
  for (const [name, score] of Object.entries(baselines))
    beside[name] = metricIntervals(kind, labels, await overSplits(tested, score), drawn)
  return {
    rows: data.count,
    testRows: rows.length,
    customers: drawn.clusters.count,
    meanLabel: meanOf(labels),
    protectedFeatures: [...protectedFeatures(customerFeatures)].map((feature) => data.featureNames[feature]!),
    baselines: beside,
    families: found,
  }
}

type Score = (train: Dataset, test: Dataset) => Float64Array | Promise<Float64Array>

/** The test rows of all splits, one split after the other. */
interface TestedRows {
  readonly data: Dataset
  readonly kind: 'classification' | 'regression'
  readonly splits: readonly Split[]
  readonly rows: Int32Array
  readonly labels: Float64Array
  readonly drawn: { readonly seed: number; readonly draws: number; readonly clusters: Clusters }
  /** The group of each row, by protected attribute. */
  readonly groupsOf: Readonly<Record<string, readonly string[]>>
}

function testedRows({ data, profiles }: ServedRows, kind: TestedRows['kind'], splits: readonly Split[]): TestedRows {
  const rows = Int32Array.from(splits.flatMap(({ test }) => [...test]))
  return {
    data,
    kind,
    splits,
    rows,
    labels: Float64Array.from(rows, (row) => data.labels[row]!),
    drawn: { seed: 1, draws: DRAWS, clusters: clustersOf([...rows].map((row) => data.customers![row]!)) },
    groupsOf: {
      sex: [...rows].map((row) => profiles[row]?.sex ?? 'not known'),
      age: [...rows].map((row) => ageBand(profiles[row]?.birthYear, data.times[row]!)),
    },
  }
}

async function evaluateFamily({ name, learners }: Family, tested: TestedRows): Promise<FamilyFigures> {
  const { kind, labels, drawn, groupsOf } = tested
  const { algorithm, train: learn } = learners[kind]
  const startedAt = performance.now()
  const using = (chosen: Int32Array | undefined) =>
    overSplits(tested, async (train, test) => {
      const part = (of: Dataset) => (chosen === undefined ? of : chosenFeatures(of, chosen))
      return scored(algorithm.scorer(await learn(part(train), 1)), part(test))
    })
  const scores = await using(undefined)
  const seconds = (performance.now() - startedAt) / 1_000
  const without = await using(unprotectedFeatures(customerFeatures))
  // Selects as many rows as are positive; for regression, the upper fifth.
  const share = kind === 'classification' ? meanOf(labels) : 0.2
  const threshold = quantile(scores.toSorted(), 1 - share)
  const loss = kind === 'classification' ? logLoss : rootMeanSquaredError
  return {
    family: name,
    metrics: metricIntervals(kind, labels, scores, drawn),
    costWithoutProtected: {
      loss: paired(tested, loss, without, scores),
      auc: kind === 'classification' ? paired(tested, rocAuc, without, scores) : null,
    },
    seconds,
    groups: Object.entries(groupsOf).map(([attribute, groups]) =>
      groupReport(kind, { attribute, groups }, labels, scores, threshold),
    ),
  }
}

async function overSplits({ data, splits, rows }: TestedRows, score: Score): Promise<Float64Array> {
  const scores = new Float64Array(rows.length)
  let place = 0
  for (const { train, test } of splits) {
    scores.set(await score(chosenRows(data, train), chosenRows(data, test)), place)
    place += test.length
  }
  return scores
}

/** Returns how much higher a metric is for `scores` than for `others`. */
function paired(
  { labels, drawn }: TestedRows,
  metric: (of: Float64Array, scores: Float64Array) => number,
  scores: Float64Array,
  others: Float64Array,
): Interval {
  const pick = (from: Float64Array, chosen: Int32Array) => Float64Array.from(chosen, (row) => from[row]!)
  return bootstrapInterval(
    labels.length,
    (chosen) => metric(pick(labels, chosen), pick(scores, chosen)) - metric(pick(labels, chosen), pick(others, chosen)),
    drawn,
  )
}

function meanOf(labels: Float64Array): number {
  return labels.reduce((sum, label) => sum + label, 0) / labels.length
}

function ageBand(birthYear: number | null | undefined, at: number): string {
  if (birthYear === null || birthYear === undefined) return 'not known'
  const age = new Date(at).getUTCFullYear() - birthYear
  return age < 30 ? 'under 30' : age < 45 ? '30 to 44' : age < 60 ? '45 to 59' : '60 and over'
}
