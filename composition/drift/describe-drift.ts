import type { Measure } from '../../models/drift/block-series.ts'
import type { WatchedColumn } from '../../models/drift/column-series.ts'
import type { Drift } from '../../models/drift/drift.ts'
import { binnedNumbers, stabilityBand, stabilityIndex } from '../../models/drift/stability-index.ts'
import { chiSquareTest, kolmogorovSmirnovTest } from '../../models/drift/two-sample.ts'
import { REFERENCE_BLOCKS, WINDOW_BLOCKS, type WatchedStream } from '../../models/drift/watched-stream.ts'
import { quantile } from '../../models/evaluation/quantile.ts'
import type { Alarm, AlarmKind, StreamPlace } from './alarm.ts'

export interface DriftContext {
  readonly feature: string
  /** Values of the feature, or labels of the target. */
  readonly column: WatchedColumn
  readonly isTarget: boolean
  readonly watched: WatchedStream
  /** Number of tests in the whole run. */
  readonly tests: number
  placeOf(row: number): StreamPlace
  /** Returns the permutation p-value of a drift, if rows have clusters. */
  permutationOf?(drift: Drift): number
}

const KINDS: Readonly<Partial<Record<Measure, AlarmKind>>> = {
  'missing rate': 'missing',
  'unseen categories': 'unseen-category',
  'label rate': 'target',
  calibration: 'concept',
  error: 'concept',
}

/** Converts the drifts of one column to alarms, including where each ended. */
export function describeDrifts(drifts: readonly Drift[], context: DriftContext): readonly Alarm[] {
  const { watched, placeOf } = context
  const rowOf = (block: number) => block * watched.blockRows
  return drifts.map((drift, at) => {
    const end = drifts.slice(at).find((later) => later.returnsTo === drift.regime.from)
    const ended = end === undefined ? undefined : end === drift ? drift.settledAt : end.onset
    const isReturn = drift.returnsTo !== undefined && drift.returnsTo !== drift.regime.from
    const left = isReturn ? drifts.find(({ regime }) => regime.from === drift.returnsTo) : undefined
    const permutationPValue = context.permutationOf?.(drift)
    return {
      ...placeOf(rowOf(drift.foundAt) - 1),
      feature: context.feature,
      kind: kindOf(drift, context.isTarget),
      onset: placeOf(rowOf(drift.onset)),
      ...(drift.settledAt === undefined ? {} : { steadyFrom: placeOf(rowOf(drift.settledAt)) }),
      shape: shapeOf(drift),
      ...sizesOf(drift, context),
      pValue: Math.min(1, drift.evidence[0]!.pValue * context.tests),
      evidence: drift.evidence.map(({ index, effect, pValue }) => {
        const { measure, of } = drift.regime.series[index]!
        return { measure, ...(of === undefined ? {} : { of }), effect, pValue: Math.min(1, pValue * context.tests) }
      }),
      ...(left === undefined ? {} : { backTo: placeOf(rowOf(left.onset)) }),
      ...(ended === undefined ? {} : { ended: placeOf(rowOf(ended)) }),
      ...(permutationPValue === undefined ? {} : { permutationPValue }),
    }
  })
}

/** Returns the kind of a drift. For a target, a change of the model's error outranks one of the label rates. */
function kindOf({ evidence, regime }: Drift, isTarget: boolean): AlarmKind {
  const kinds = evidence.map(({ index }) => KINDS[regime.series[index]!.measure] ?? (isTarget ? 'target' : 'input'))
  return isTarget && kinds.includes('concept') ? 'concept' : kinds[0]!
}

function shapeOf({ isIncremental, settledAt, onset }: Drift): Alarm['shape'] {
  if (isIncremental) return 'incremental'
  if (settledAt === undefined) return 'unsettled'
  return settledAt - onset <= WINDOW_BLOCKS ? 'abrupt' : 'gradual'
}

/** Measures the effect: the reference against the steady stretch after the drift, else a window from its onset. */
function sizesOf(drift: Drift, { column, watched, isTarget }: DriftContext) {
  const { regime, settledAt, onset, referenceTo, evidence } = drift
  const { blockRows, blocks } = watched
  const from = settledAt ?? onset
  const to = Math.min(
    blocks,
    Math.max(from + (settledAt === undefined ? WINDOW_BLOCKS : REFERENCE_BLOCKS), drift.foundAt),
  )
  const [before, after] = [
    [regime.from * blockRows, Math.min(referenceTo, Math.max(onset, regime.from + REFERENCE_BLOCKS)) * blockRows],
    [from * blockRows, to * blockRows],
  ] as const
  const lead = regime.series[evidence[0]!.index]!
  const sizes =
    column.kind === 'number' ? numberSizes(column.values, before, after) : categorySizes(column, before, after)
  const words = describeValues(drift, column, before, after)
  if (lead.measure === 'missing rate' || lead.measure === 'unseen categories') {
    const apart = Math.abs(shareIn(lead.score, after) - shareIn(lead.score, before))
    return { ...sizes, ...words, effect: apart, effectMeasure: 'difference of shares' as const }
  }
  if (isTarget && (lead.measure === 'calibration' || lead.measure === 'error'))
    return { ...sizes, ...words, effect: Math.abs(evidence[0]!.effect), effectMeasure: 'standard deviations' as const }
  return { ...sizes, ...words }
}

type Rows = readonly [from: number, to: number]

function numberSizes(values: Float64Array, before: Rows, after: Rows) {
  const [a, b] = [known(values, before), known(values, after)]
  const { size, pValue } = kolmogorovSmirnovTest(a, b)
  return {
    ...indexOf(...binnedNumbers(a, b)),
    effect: size,
    effectMeasure: 'Kolmogorov-Smirnov distance' as const,
    twoSamplePValue: pValue,
  }
}

function categorySizes({ codes, names }: Extract<WatchedColumn, { kind: 'category' }>, before: Rows, after: Rows) {
  const countsIn = ([from, to]: Rows) => {
    const counts = new Array<number>(names.length).fill(0)
    for (const code of codes.subarray(from, to)) if (code >= 0) counts[code]!++
    return counts
  }
  const [all, others] = [countsIn(before), countsIn(after)]
  // Rare categories are merged: individually they would only add noise.
  const kept = [...all.keys()].filter((code) => all[code]! + others[code]! >= 10)
  const merged = (counts: readonly number[]) => {
    const own = kept.map((code) => counts[code]!)
    return [...own, counts.reduce((sum, count) => sum + count, 0) - own.reduce((sum, count) => sum + count, 0)]
  }
  const { size, pValue } = chiSquareTest(merged(all), merged(others))
  return {
    ...indexOf(merged(all), merged(others)),
    effect: size,
    effectMeasure: "Cramér's V" as const,
    twoSamplePValue: pValue,
  }
}

function indexOf(reference: readonly number[], recent: readonly number[]) {
  const psi = stabilityIndex(reference, recent)
  return { psi, band: stabilityBand(psi) }
}

function known(values: Float64Array, [from, to]: Rows): Float64Array {
  return values.subarray(from, to).filter((value) => !Number.isNaN(value))
}

function shareIn(score: (row: number) => number, [from, to]: Rows): number {
  let [sum, rows] = [0, 0]
  for (let row = from; row < to; row++) {
    const value = score(row)
    if (Number.isNaN(value)) continue
    sum += value
    rows++
  }
  return rows === 0 ? 0 : sum / rows
}

/** Describes the values before and after: medians, or the share that moved. */
function describeValues({ regime, evidence }: Drift, column: WatchedColumn, before: Rows, after: Rows) {
  const { measure, of, score, isShare } = regime.series[evidence[0]!.index]!
  const both = (say: (rows: Rows) => string) => ({ before: say(before), after: say(after) })
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`
  if (isShare)
    return both((rows) => `${measure}${of === undefined ? '' : ` of ${of}`} ${percent(shareIn(score, rows))}`)
  if (measure === 'error' || measure === 'calibration')
    return both(
      (rows) =>
        `mean ${measure === 'error' ? 'error of the model' : 'label minus score'} ${shareIn(score, rows).toPrecision(3)}`,
    )
  if (column.kind !== 'number') return both(() => measure)
  const shown = (value: number) => String(Number(value.toPrecision(4)))
  const quartiles = both((rows) => {
    const sorted = known(column.values, rows).sort()
    const at = (share: number) => shown(quantile(sorted, share))
    return sorted.length === 0 ? 'no known value' : `median ${at(0.5)}, half of all from ${at(0.25)} to ${at(0.75)}`
  })
  if (quartiles.before !== quartiles.after) return quartiles
  return both((rows) => {
    const values = known(column.values, rows)
    return `mean ${shown(values.reduce((sum, value) => sum + value, 0) / values.length)}`
  })
}
