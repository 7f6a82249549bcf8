import { countOf, meanOf, varianceOf, type BlockSeries } from './block-series.ts'
import { levelOf } from './level.ts'
import { levelShift, type Shift } from './level-shift.ts'
import { referencesFrom, runFactor, type Reference } from './reference.ts'
import { REFERENCE_BLOCKS, RUN_LENGTHS, WINDOW_BLOCKS, type WatchedStream } from './watched-stream.ts'

/** A stretch of the stream without a drift, and the series as its first blocks define them. */
export interface Regime {
  readonly from: number
  readonly series: readonly BlockSeries[]
  readonly references: readonly ((to: number) => Reference)[]
}

export interface FoundShift extends Shift {
  /** Of its regime's series. */
  readonly index: number
}

/** A drift; blocks are counted from the beginning of the stream. */
export interface Drift {
  readonly regime: Regime
  /** All blocks before this one had been seen when the alarm was raised. */
  readonly foundAt: number
  /** The recent blocks that raised it, and those that they were compared with. */
  readonly recentFrom: number
  readonly referenceTo: number
  /** The first block of the drift, estimated when the alarm was raised. */
  readonly onset: number
  /** The one that raised the alarm first; then whatever else had changed by the time that the stream was steady again. */
  readonly evidence: readonly FoundShift[]
  /** The first block of a steady stretch after it; not given: there was none before the end. */
  readonly settledAt: number | undefined
  /** The drift's reference had a trend already: it goes on rather than begins. */
  readonly isIncremental: boolean
  /** The stretch after it is like the regime that began with this block; where that is its own, the drift passed. */
  readonly returnsTo: number | undefined
}

export interface AlarmOptions {
  /** Of a single test: the rate of false alarms of the run by the number of its tests. */
  readonly alpha: number
  /** Smaller effects are no alarm, however certain. */
  readonly effectMin: number
  /** A last doubt, asked before an alarm: whether rows that belong together explain the shift. */
  confirm?(series: BlockSeries, reference: readonly [number, number], recent: readonly [number, number]): boolean
}

/** The series of a regime; `undefined`: nothing can be watched from there. */
export type RegimeSeries = readonly BlockSeries[] | undefined

/** What would be said of another measure too when one raises an alarm. */
const EVIDENCE_P = 1e-4
/** Halves of a steady stretch differ by fewer standard errors. */
const STEADY = 3
/** A line that another measure follows explains this much of its blocks. */
const LINE_SHARE_MIN = 0.3
const SAME_EFFECT_MAX = 0.2
const SAME_P_MIN = 1e-4
const PASSED_P_MIN = 1e-2

/** Follows a stream whose series from a block on are at hand. */
export function followStream(
  stream: WatchedStream,
  options: AlarmOptions,
  seriesFrom: (block: number) => RegimeSeries,
): readonly Drift[] {
  const following = followAsking(stream, options)
  let step = following.next()
  while (step.done !== true) step = following.next(seriesFrom(step.value))
  return step.value
}

/**
 * Follows a stream from block to block, as it would be live: an alarm uses nothing that comes after its row. After an
 * alarm the stream is given time to become steady; what comes then is the next reference. So there is one alarm a drift.
 * It asks for the series from a block on by that block, since whoever has a model to train may take a while.
 */
export function* followAsking(
  stream: WatchedStream,
  options: AlarmOptions,
): Generator<number, readonly Drift[], RegimeSeries> {
  const drifts: Drift[] = []
  const regimes: Regime[] = []
  let from = 0
  while (from + REFERENCE_BLOCKS < stream.blocks) {
    const series = yield from
    if (series === undefined) break
    const regime = regimeOf(stream, series, from)
    regimes.push(regime)
    const alarm = firstAlarm(stream, regime, options)
    if (alarm === undefined) break
    const settledAt = steadyFrom(stream, regime, alarm)
    const before = drifts.at(-1)
    if (before !== undefined && goesOn(before, alarm))
      drifts[drifts.length - 1] = { ...before, settledAt, isIncremental: true }
    else
      drifts.push({
        ...alarm,
        isIncremental: isIncremental(alarm),
        settledAt,
        evidence: [...alarm.evidence, ...laterEvidence(stream, regime, alarm, settledAt, options)],
        returnsTo: likeEarlier(stream, regimes, alarm, settledAt),
      })
    if (settledAt === undefined) break
    from = settledAt
  }
  return drifts
}

/** A regime whose series begin with that block. */
export function regimeOf({ places, periods }: WatchedStream, series: readonly BlockSeries[], from: number): Regime {
  return { from, series, references: series.map((one) => referencesFrom(one, from, places, periods)) }
}

export type Alarm = Omit<Drift, 'isIncremental' | 'settledAt' | 'returnsTo'>

function firstAlarm(stream: WatchedStream, regime: Regime, options: AlarmOptions): Alarm | undefined {
  for (let at = regime.from + REFERENCE_BLOCKS + 2; at <= stream.blocks; at++) {
    const alarm = alarmAt(stream, regime, at, options)
    if (alarm !== undefined) return alarm
  }
  return undefined
}

interface Candidate {
  readonly shift: FoundShift
  readonly length: number
  readonly referenceTo: number
}

/** Whether the last of the first `at` blocks differ from what came before; later blocks are not looked at. */
export function alarmAt(stream: WatchedStream, regime: Regime, at: number, options: AlarmOptions): Alarm | undefined {
  const { from, series, references } = regime
  let best: Candidate | undefined
  const others = new Map<number, FoundShift>()
  for (const length of RUN_LENGTHS) {
    // What lies between is in neither: a gradual drift has begun before it is seen.
    const referenceTo = at - length - (length >= WINDOW_BLOCKS / 2 ? length : 1)
    if (referenceTo - from < Math.max(REFERENCE_BLOCKS, 2 * length)) break
    for (const [index, one] of series.entries()) {
      const shift = { index, ...levelShift(one, references[index]!(referenceTo), stream.places, at - length, at) }
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

/** Where the means before and after are furthest apart, in standard errors (Hinkley 1970), not long before the alarm. */
function onsetOf(stream: WatchedStream, regime: Regime, { index }: FoundShift, at: number, length: number): number {
  const series = regime.series[index]!
  const { season } = regime.references[index]!(at - length)
  const level = (from: number, to: number) => levelOf(series, season, stream.places, from, to)
  const first = Math.max(regime.from + WINDOW_BLOCKS, at - Math.max(4 * length, REFERENCE_BLOCKS))
  let [best, most] = [at - length, 0]
  for (let cut = first; cut < at; cut++) {
    const [before, after] = [countOf(series, regime.from, cut), countOf(series, cut, at)]
    if (before === 0 || after === 0) continue
    const apart = level(cut, at) - level(regime.from, cut)
    const far = Math.abs(apart) * Math.sqrt((before * after) / (before + after))
    if (far > most) [best, most] = [cut, far]
  }
  return best
}

/** The first two windows from the onset on whose halves are alike in all that has changed. */
function steadyFrom(stream: WatchedStream, regime: Regime, alarm: Alarm): number | undefined {
  for (let start = alarm.onset; start + REFERENCE_BLOCKS <= stream.blocks; start++) {
    const middle = start + WINDOW_BLOCKS
    const end = start + REFERENCE_BLOCKS
    const isSteady = alarm.evidence.every(({ index }) => {
      const series = regime.series[index]!
      const reference = regime.references[index]!(alarm.referenceTo)
      const counts = [countOf(series, start, middle), countOf(series, middle, end)]
      if (counts.includes(0)) return counts[0] === counts[1]
      const level = (from: number, to: number) => levelOf(series, reference.season, stream.places, from, to)
      const apart = level(middle, end) - level(start, middle)
      const blockVariance = (2 * reference.variance * runFactor(WINDOW_BLOCKS, reference.correlation)) / WINDOW_BLOCKS
      const rowVariance = varianceOf(series, start, end) * (1 / counts[0]! + 1 / counts[1]!)
      const error = Math.sqrt(Math.max(rowVariance, blockVariance))
      return Math.abs(apart) < STEADY * error
    })
    if (isSteady) return start
  }
  return undefined
}

/**
 * Whether an alarm is the former drift going on: what began it moved on in the same direction right after the stream was
 * thought to be steady, or some measure moves along one line through both.
 */
function goesOn(before: Drift, alarm: Alarm): boolean {
  const { regime, foundAt, onset } = alarm
  const lead = before.evidence[0]!
  return regime.series.some((series) => {
    const index = before.regime.series.findIndex(({ measure, of }) => measure === series.measure && of === series.of)
    if (index === -1) return false
    const former = pathOf(before.regime.series[index]!, before.regime.from, before.foundAt)
    const path = pathOf(series, regime.from, foundAt)
    if (path.slope > 0 !== former.slope > 0) return false
    const isRightAfter = index === lead.index && onset - regime.from <= REFERENCE_BLOCKS + WINDOW_BLOCKS / 2
    return isRightAfter || (path.line > path.step && path.line > (index === lead.index ? 0 : LINE_SHARE_MIN * path.all))
  })
}

function isIncremental({ regime, evidence, foundAt }: Alarm): boolean {
  const { line, step } = pathOf(regime.series[evidence[0]!.index]!, regime.from, foundAt)
  return line > step
}

/** How much of the squares of blocks' means a line explains and how much the best step, and where the line goes. */
function pathOf(series: BlockSeries, from: number, to: number) {
  const means = Array.from({ length: to - from }, (_, at) => meanOf(series, from + at, from + at + 1))
  const values = means.filter((mean) => !Number.isNaN(mean))
  const count = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / count
  const centre = (count - 1) / 2
  const along = values.reduce((sum, value, at) => sum + (at - centre) * (value - mean), 0)
  const across = (count * (count * count - 1)) / 12
  let [left, step] = [0, 0]
  for (let cut = 1; cut < count; cut++) {
    left += values[cut - 1]! - mean
    step = Math.max(step, (left * left * count) / (cut * (count - cut)))
  }
  const all = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { line: (along * along) / across, step, all, slope: along / across }
}

/** What else differs from the reference in the steady stretch, that the alarm did not know yet. */
function laterEvidence(
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
      stream.places,
      settledAt,
      settledAt + REFERENCE_BLOCKS,
    )
    return shift.pValue < alpha && Math.abs(shift.effect) >= effectMin ? [{ index, ...shift }] : []
  })
}

/** The first block of a regime that the stretch after a drift can't be told from; the latest first. */
function likeEarlier(
  stream: WatchedStream,
  regimes: readonly Regime[],
  alarm: Alarm,
  settledAt: number | undefined,
): number | undefined {
  const from = settledAt ?? alarm.onset
  const to = Math.min(stream.blocks, from + REFERENCE_BLOCKS)
  if (to - from < WINDOW_BLOCKS) return undefined
  for (let place = regimes.length - 1; place >= 0; place--) {
    const { series, references } = regimes[place]!
    const end = place === regimes.length - 1 ? alarm.referenceTo : regimes[place]!.from + REFERENCE_BLOCKS
    // Whether a drift has passed is asked more strictly: its stretch may still hold a part of it.
    const isOwn = place === regimes.length - 1
    const [pMin, effectMax] = isOwn ? [PASSED_P_MIN, SAME_EFFECT_MAX / 2] : [SAME_P_MIN, SAME_EFFECT_MAX]
    const isLike = series.every((one, index) => {
      const shift = levelShift(one, references[index]!(end), stream.places, from, to)
      return shift.pValue > pMin || Math.abs(shift.effect) < SAME_EFFECT_MAX / 2
    })
    const lead = alarm.evidence[0]!
    if (isLike && Math.abs(effectOn(stream, regimes[place]!, lead.index, end, from, to)) < effectMax)
      return regimes[place]!.from
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
  return (levelOf(one, reference.season, stream.places, from, to) - reference.mean) / spread
}
