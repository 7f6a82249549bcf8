import { meanOf, type BlockSeries } from './block-series.ts'
import type { Alarm, Drift } from './drift.ts'
import { REFERENCE_BLOCKS, WINDOW_BLOCKS } from './watched-stream.ts'

/** Minimum share of the squares that a line must explain, for measures other than the one that raised the drift. */
const LINE_SHARE_MIN = 0.3

/**
 * Returns whether an alarm continues the previous drift: the measure that raised it moved on in the same direction
 * right after the stream seemed to have settled, or some measure follows one line through both.
 */
export function continuesDrift(before: Drift, alarm: Alarm): boolean {
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

export function isIncremental({ regime, evidence, foundAt }: Alarm): boolean {
  const { line, step } = pathOf(regime.series[evidence[0]!.index]!, regime.from, foundAt)
  return line > step
}

/**
 * Returns how much of the sum of squares of block means a line and the best step explain, the total, and the line's
 * slope.
 */
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
