import type { AlarmOptions } from './alarm-at.ts'
import { countOf, meanOf, varianceOf } from './block-series.ts'
import type { Alarm, FoundShift, Regime } from './drift.ts'
import { levelOf } from './level.ts'
import { levelShift } from './level-shift.ts'
import { runFactor } from './reference.ts'
import { REFERENCE_BLOCKS, WINDOW_BLOCKS, type WatchedStream } from './watched-stream.ts'

/** Standard errors by which the halves of a steady stretch may differ. */
const STEADY = 3
const SAME_EFFECT_MAX = 0.2
const SAME_P_MIN = 1e-4
const PASSED_P_MIN = 1e-2

/**
 * Returns the first block, from the onset on, at which two adjacent windows agree in every measure that has changed.
 */
export function firstSteadyBlock(stream: WatchedStream, regime: Regime, alarm: Alarm): number | undefined {
  for (let start = alarm.onset; start + REFERENCE_BLOCKS <= stream.blocks; start++) {
    const middle = start + WINDOW_BLOCKS
    const end = start + REFERENCE_BLOCKS
    const isSteady = alarm.evidence.every(({ index }) => {
      const series = regime.series[index]!
      const reference = regime.references[index]!(alarm.referenceTo)
      const counts = [countOf(series, start, middle), countOf(series, middle, end)]
      if (counts.includes(0)) return counts[0] === counts[1]
      const level = (from: number, to: number) => levelOf(series, reference.season, stream.positions, from, to)
      const difference = level(middle, end) - level(start, middle)
      const blockVariance = (2 * reference.variance * runFactor(WINDOW_BLOCKS, reference.correlation)) / WINDOW_BLOCKS
      const rowVariance = varianceOf(series, start, end) * (1 / counts[0]! + 1 / counts[1]!)
      const error = Math.sqrt(Math.max(rowVariance, blockVariance))
      return Math.abs(difference) < STEADY * error
    })
    if (isSteady) return start
  }
  return undefined
}

/**
 * Returns the shifts in the steady stretch, relative to the reference, that are not yet part of the alarm's evidence.
 */
export function postAlarmShifts(
  stream: WatchedStream,
  { series, references }: Regime,
  alarm: Alarm,
  settledAt: number | undefined,
  { alpha, effectMin }: AlarmOptions,
): FoundShift[] {
  if (settledAt === undefined) return []
  const known = new Set(alarm.evidence.map(({ index }) => index))
  return series.flatMap((one, index) => {
    if (known.has(index)) return []
    const shift = levelShift(
      one,
      references[index]!(alarm.referenceTo),
      stream.positions,
      settledAt,
      settledAt + REFERENCE_BLOCKS,
    )
    return shift.pValue < alpha && Math.abs(shift.effect) >= effectMin ? [{ index, ...shift }] : []
  })
}

/** Returns the first block of the latest regime that the stretch after a drift can't be distinguished from. */
export function matchingRegime(
  stream: WatchedStream,
  regimes: readonly Regime[],
  alarm: Alarm,
  settledAt: number | undefined,
): number | undefined {
  const from = settledAt ?? alarm.onset
  const to = Math.min(stream.blocks, from + REFERENCE_BLOCKS)
  if (to - from < WINDOW_BLOCKS) return undefined
  for (let regimeIndex = regimes.length - 1; regimeIndex >= 0; regimeIndex--) {
    const { series, references } = regimes[regimeIndex]!
    const end = regimeIndex === regimes.length - 1 ? alarm.referenceTo : regimes[regimeIndex]!.from + REFERENCE_BLOCKS
    // The drift's own regime has a stricter criterion, since the stretch after the drift may still contain a part of
    // it.
    const isOwn = regimeIndex === regimes.length - 1
    const [pMin, effectMax] = isOwn ? [PASSED_P_MIN, SAME_EFFECT_MAX / 2] : [SAME_P_MIN, SAME_EFFECT_MAX]
    const isLike = series.every((one, index) => {
      const shift = levelShift(one, references[index]!(end), stream.positions, from, to)
      return shift.pValue > pMin || Math.abs(shift.effect) < SAME_EFFECT_MAX / 2
    })
    const lead = alarm.evidence[0]!
    if (isLike && Math.abs(effectOn(stream, regimes[regimeIndex]!, lead.index, end, from, to)) < effectMax)
      return regimes[regimeIndex]!.from
  }
  return undefined
}

function effectOn(
  stream: WatchedStream,
  { series, references }: Regime,
  index: number,
  end: number,
  from: number,
  to: number,
): number {
  const one = series[index]
  if (one === undefined) return Infinity
  const reference = references[index]!(end)
  const spread = Math.sqrt(Math.max(1e-9, meanOf({ ...one, sums: one.squares }, reference.from, reference.to)))
  return (levelOf(one, reference.season, stream.positions, from, to) - reference.mean) / spread
}
