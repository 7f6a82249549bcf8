import { countOf, type BlockSeries } from './block-series.ts'
import type { Alarm, FoundShift, Regime } from './drift.ts'
import { levelOf } from './level.ts'
import { levelShift } from './level-shift.ts'
import { REFERENCE_BLOCKS, RUN_LENGTHS, WINDOW_BLOCKS, type WatchedStream } from './watched-stream.ts'

export interface AlarmOptions {
  /** Significance level of a single test: the false-alarm rate of the run divided by its number of tests. */
  readonly alpha: number
  /** Minimum effect for an alarm, however significant. */
  readonly effectMin: number
  /** Final check before an alarm. Returns false if the dependence between rows explains the shift. */
  confirm?(series: BlockSeries, reference: readonly [number, number], recent: readonly [number, number]): boolean
}

/** Measures below this p-value are reported along with the one that raises the alarm. */
const EVIDENCE_P = 1e-4

interface Candidate {
  readonly shift: FoundShift
  readonly length: number
  readonly referenceTo: number
}

/** Tests whether the most recent of the first `at` blocks differ from earlier ones, without looking at later blocks. */
export function alarmAt(stream: WatchedStream, regime: Regime, at: number, options: AlarmOptions): Alarm | undefined {
  const { from, series, references } = regime
  let best: Candidate | undefined
  const others = new Map<number, FoundShift>()
  for (const length of RUN_LENGTHS) {
    // Blocks in between are in neither sample: a gradual drift begins before it is detected.
    const referenceTo = at - length - (length >= WINDOW_BLOCKS / 2 ? length : 1)
    if (referenceTo - from < Math.max(REFERENCE_BLOCKS, 2 * length)) break
    for (const [index, one] of series.entries()) {
      const shift = { index, ...levelShift(one, references[index]!(referenceTo), stream.positions, at - length, at) }
      if (shift.pValue < EVIDENCE_P && shift.pValue < (others.get(index)?.pValue ?? 1)) others.set(index, shift)
      if (shift.pValue >= (best?.shift.pValue ?? options.alpha) || Math.abs(shift.effect) < options.effectMin) continue
      if (options.confirm?.(one, [from, referenceTo], [at - length, at]) === false) continue
      best = { shift, length, referenceTo }
    }
  }
  if (best === undefined) return undefined
  const { shift, length, referenceTo } = best
  others.delete(shift.index)
  return {
    regime,
    foundAt: at,
    recentFrom: at - length,
    referenceTo,
    onset: onsetOf(stream, regime, shift, at, length),
    evidence: [shift, ...[...others.values()].sort((a, b) => a.pValue - b.pValue)],
  }
}

/**
 * Estimates the onset: the cut, not long before the alarm, at which the means before and after differ most in standard
 * errors (Hinkley 1970).
 */
function onsetOf(stream: WatchedStream, regime: Regime, { index }: FoundShift, at: number, length: number): number {
  const series = regime.series[index]!
  const { season } = regime.references[index]!(at - length)
  const level = (from: number, to: number) => levelOf(series, season, stream.positions, from, to)
  const first = Math.max(regime.from + WINDOW_BLOCKS, at - Math.max(4 * length, REFERENCE_BLOCKS))
  let [best, most] = [at - length, 0]
  for (let cut = first; cut < at; cut++) {
    const [before, after] = [countOf(series, regime.from, cut), countOf(series, cut, at)]
    if (before === 0 || after === 0) continue
    const difference = level(cut, at) - level(regime.from, cut)
    const far = Math.abs(difference) * Math.sqrt((before * after) / (before + after))
    if (far > most) [best, most] = [cut, far]
  }
  return best
}
