import { evaluateStream } from '../../composition/drift/evaluate-stream.ts'
import type { Retrain } from '../../composition/drift/policy.ts'
import { columnNamed, type Table } from '../../models/table/table.ts'
import { familyNamed } from '../../retrainer/training/tables/families.ts'

const LABEL_DELAY = 1_000
const START = 5_000

/**
 * Compares retraining policies on a bank’s calls in order of time, with labels 1,000 rows late, and with the best
 * choice in hindsight.
 */
export async function bankStream(table: Table, quick: boolean) {
  const every: Retrain = { kind: 'every', rows: quick ? 4_000 : 1_000 }
  const policies: readonly Retrain[] = [{ kind: 'never' }, every, { kind: 'drift' }, { kind: 'incremental' }]
  const common = {
    target: 'y',
    drop: ['duration'],
    asCategories: [],
    asNumbers: [],
    start: START,
    family: familyNamed('gbm'),
    seed: 1,
  }
  const late = await evaluateStream(table, { ...common, labelDelay: { kind: 'rows', rows: LABEL_DELAY }, policies })
  const instant = quick
    ? undefined
    : await evaluateStream(table, { ...common, labelDelay: { kind: 'rows', rows: 0 }, policies: [every] })
  const shown = ({
    retrain,
    logLoss,
    auc,
    calibrationError,
    trainings,
    cpuSeconds,
    difference,
  }: (typeof late.policies)[number]) => ({
    retrain,
    logLoss,
    auc,
    calibrationError,
    trainings,
    cpuSeconds,
    difference,
  })
  return {
    rows: columnNamed(table, 'y').codes.length,
    start: START,
    labelDelay: LABEL_DELAY,
    baseline: late.baseline,
    policies: late.policies.map(shown),
    instantLabels: instant?.policies.map(shown),
    oracle: oracleOf(late.policies),
  }
}

/**
 * Returns the loss of the best policy of each period in hindsight, all of them with the same late labels: the bound for
 * any policy that chooses among these models.
 */
function oracleOf(policies: Awaited<ReturnType<typeof evaluateStream>>['policies']) {
  let [loss, rows] = [0, 0]
  policies[0]!.periods.forEach((period, at) => {
    loss += period.rows * Math.min(...policies.map(({ periods }) => periods[at]!.logLoss ?? 0))
    rows += period.rows
  })
  return { logLoss: loss / rows }
}
