import { postAlarmShifts, matchingRegime, firstSteadyBlock } from './after-alarm.ts'
import { alarmAt, type AlarmOptions } from './alarm-at.ts'
import { regimeOf, type Alarm, type Drift, type Regime, type RegimeSeries } from './drift.ts'
import { continuesDrift, isIncremental } from './drift-path.ts'
import { REFERENCE_BLOCKS, type WatchedStream } from './watched-stream.ts'

/** Detects the drifts of a stream. `seriesFrom` returns the series that begin with a block. */
export function detectDrifts(
  stream: WatchedStream,
  options: AlarmOptions,
  seriesFrom: (block: number) => RegimeSeries,
): readonly Drift[] {
  const following = detectDriftsStepwise(stream, options)
  let step = following.next()
  while (step.done !== true) step = following.next(seriesFrom(step.value))
  return step.value
}

/**
 * Detects drifts block by block, as on a live stream: an alarm uses no later rows. After an alarm, detection resumes
 * once the stream has settled, with the steady stretch as the next reference, so that each drift raises one alarm.
 * Yields the block from which it needs series, because training a model for them may take a while.
 */
export function* detectDriftsStepwise(
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
    const settledAt = firstSteadyBlock(stream, regime, alarm)
    const before = drifts.at(-1)
    if (before !== undefined && continuesDrift(before, alarm))
      drifts[drifts.length - 1] = { ...before, settledAt, isIncremental: true }
    else
      drifts.push({
        ...alarm,
        isIncremental: isIncremental(alarm),
        settledAt,
        evidence: [...alarm.evidence, ...postAlarmShifts(stream, regime, alarm, settledAt, options)],
        returnsTo: matchingRegime(stream, regimes, alarm, settledAt),
      })
    if (settledAt === undefined) break
    from = settledAt
  }
  return drifts
}

function firstAlarm(stream: WatchedStream, regime: Regime, options: AlarmOptions): Alarm | undefined {
  for (let at = regime.from + REFERENCE_BLOCKS + 2; at <= stream.blocks; at++) {
    const alarm = alarmAt(stream, regime, at, options)
    if (alarm !== undefined) return alarm
  }
  return undefined
}
