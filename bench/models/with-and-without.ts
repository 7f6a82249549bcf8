import { customerFeatures } from '../../features/customers/customer.ts'
import { bootstrapInterval, type Interval } from '../../models/evaluation/bootstrap.ts'
import { clustersOf } from '../../models/evaluation/clusters.ts'
import { groupReport, type GroupReport } from '../../models/evaluation/group-report.ts'
import { metricIntervals } from '../../models/evaluation/metric-intervals.ts'
import { quantile } from '../../models/evaluation/quantile.ts'
import { logLoss, rocAuc, rootMeanSquaredError } from '../../models/evaluation/metrics.ts'
import type { Dataset } from '../../models/model.ts'
import { chosenFeatures } from '../../models/selection/chosen-features.ts'
import { chosenRows, type Split } from '../../models/split.ts'
import { families } from '../../retrainer/training/tables/families.ts'
import { protectedFeatures, unprotectedFeatures } from '../../retrainer/training/protected-features.ts'
import { scored } from '../../retrainer/lifecycle/scored.ts'
import type { ImportedRows } from './rows-of-import.ts'

const DRAWS = 500

export interface FamilyFigures {
  readonly family: string
  readonly metrics: Readonly<Record<string, Interval>>
  /**
   * What leaving protected attributes out costs: the loss without them minus that with them, in pairs. Above 0 they
   * helped.
   */
  readonly costWithoutProtected: { readonly loss: Interval; readonly auc: Interval | null }
  readonly seconds: number
  readonly groups: readonly GroupReport[]
}

export interface Judged {
  readonly rows: number
  readonly testRows: number
  readonly customers: number
  readonly meanLabel: number
  readonly protectedFeatures: readonly string[]
  /** By what needs no model, on the same rows. */
  readonly baselines: Readonly<Record<string, Readonly<Record<string, Interval>>>>
  readonly families: readonly FamilyFigures[]
}

/**
 * Every family on the splits that are given, with protected attributes and without; all intervals drawn by customers.
 */
export async function withAndWithoutProtected(
  { data, profiles }: ImportedRows,
  kind: 'classification' | 'regression',
  splits: readonly Split[],
  baselines: Readonly<Record<string, (train: Dataset, test: Dataset) => Float64Array>>,
): Promise<Judged> {
  const tested = splits.flatMap(({ test }) => [...test])
  const rows = Int32Array.from(tested)
  const labels = Float64Array.from(rows, (row) => data.labels[row]!)
  const clusters = clustersOf([...rows].map((row) => data.customers![row]!))
  const options = { seed: 1, draws: DRAWS, clusters }
  const overSplits = async (score: (train: Dataset, test: Dataset) => Float64Array | Promise<Float64Array>) => {
    const scores = new Float64Array(rows.length)
    let place = 0
    for (const { train, test } of splits) {
      scores.set(await score(chosenRows(data, train), chosenRows(data, test)), place)
      place += test.length
    }
    return scores
  }
  const paired = (
    metric: (of: Float64Array, scores: Float64Array) => number,
    scores: Float64Array,
    others: Float64Array,
  ) => {
    const pick = (from: Float64Array, chosen: Int32Array) => Float64Array.from(chosen, (row) => from[row]!)
    return bootstrapInterval(
      labels.length,
      (chosen) =>
        metric(pick(labels, chosen), pick(scores, chosen)) - metric(pick(labels, chosen), pick(others, chosen)),
      options,
    )
  }
  const seen = unprotectedFeatures(customerFeatures)
  const groupsOf = {
    sex: [...rows].map((row) => profiles[row]?.sex ?? 'not known'),
    age: [...rows].map((row) => ageBand(profiles[row]?.birthYear, data.times[row]!)),
  }

  const found: FamilyFigures[] = []
  for (const { name, learners } of families) {
    const { algorithm, train: learn } = learners[kind]
    const startedAt = performance.now()
    const using = (chosen: Int32Array | undefined) =>
      overSplits(async (train, test) => {
        const part = (of: Dataset) => (chosen === undefined ? of : chosenFeatures(of, chosen))
        return scored(algorithm.scorer(await learn(part(train), 1)), part(test))
      })
    const scores = await using(undefined)
    const seconds = (performance.now() - startedAt) / 1_000
    const without = await using(seen)
    // As many are selected as were positive; of rates those in the upper fifth.
    const share = kind === 'classification' ? labels.reduce((sum, label) => sum + label, 0) / labels.length : 0.2
    const threshold = quantile(scores.toSorted(), 1 - share)
    const loss = kind === 'classification' ? logLoss : rootMeanSquaredError
    found.push({
      family: name,
      metrics: metricIntervals(kind, labels, scores, options),
      costWithoutProtected: {
        loss: paired(loss, without, scores),
        auc: kind === 'classification' ? paired(rocAuc, without, scores) : null,
      },
      seconds,
      groups: Object.entries(groupsOf).map(([attribute, groups]) =>
        groupReport(kind, { attribute, groups }, labels, scores, threshold),
      ),
    })
  }
  const beside: Record<string, Readonly<Record<string, Interval>>> = {}
  for (const [name, score] of Object.entries(baselines))
    beside[name] = metricIntervals(kind, labels, await overSplits(score), options)
  return {
    rows: data.count,
    testRows: rows.length,
    customers: clusters.count,
    meanLabel: labels.reduce((sum, label) => sum + label, 0) / labels.length,
    protectedFeatures: [...protectedFeatures(customerFeatures)].map((feature) => data.featureNames[feature]!),
    baselines: beside,
    families: found,
  }
}

function ageBand(birthYear: number | null | undefined, at: number): string {
  if (birthYear === null || birthYear === undefined) return 'not known'
  const age = new Date(at).getUTCFullYear() - birthYear
  return age < 30 ? 'under 30' : age < 45 ? '30 to 44' : age < 60 ? '45 to 59' : '60 and over'
}
