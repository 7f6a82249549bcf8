import { Presets, SingleBar } from 'cli-progress'
import type { Log } from '../../streams/log.ts'

export interface Progress {
  /**
   * `done`: how much of the time has passed, as far as can be said; it never goes back. `loss`: what is being minimised,
   * or another measure of how good it is so far.
   */
  update(done: number, loss?: number): void
  /** Once; a second time does nothing. */
  stop(): void
}

/** Interval of lines without a terminal, and when the first one comes. */
const LINE_EVERY_MS = 30_000
const FIRST_LINE_MS = 5_000
/** Less than that says nothing of how long the rest takes. */
const SHARE_MIN = 0.005

/** A bar on a terminal, on standard error; elsewhere a line in the log now and then, and one at the end. */
export function createProgress(title: string, total: number, log: Log): Progress {
  const startedAt = performance.now()
  const bar = new SingleBar(
    {
      format: `${title} {bar} {percentage}% · {duration_formatted}{left}{measure}`,
      stream: process.stderr,
      // A stop leaves the terminal as it is.
      hideCursor: false,
      clearOnComplete: false,
      stopOnComplete: true,
    },
    Presets.shades_grey,
  )
  if (process.stderr.isTTY) bar.start(total, 0, { left: '', measure: '' })
  let [last, nextAt, isOver] = [0, startedAt + FIRST_LINE_MS, false]
  let measured: number | undefined

  function secondsLeft(): number | undefined {
    const share = last / Math.max(total, 1)
    if (share < SHARE_MIN || share >= 1) return undefined
    return Math.round((((performance.now() - startedAt) / 1_000) * (1 - share)) / share)
  }

  function logLine(): void {
    const now = performance.now()
    const left = isOver ? undefined : secondsLeft()
    nextAt = now + LINE_EVERY_MS
    log('info', title, {
      percent: Math.round((100 * last) / Math.max(total, 1)),
      seconds: Number(((now - startedAt) / 1_000).toFixed(1)),
      ...(left === undefined ? {} : { secondsLeft: left }),
      ...(measured === undefined ? {} : { loss: Number(measured.toFixed(4)) }),
    })
  }

  return {
    update(done, loss) {
      last = Math.max(last, Math.min(done, total))
      measured = loss ?? measured
      if (process.stderr.isTTY) {
        const seconds = secondsLeft()
        const left = seconds === undefined ? '' : ` · about ${timeInWords(seconds)} left`
        bar.update(last, { left, measure: measured === undefined ? '' : ` · loss ${measured.toFixed(4)}` })
      } else if (performance.now() > nextAt) logLine()
    },
    stop() {
      if (isOver) return
      isOver = true
      if (process.stderr.isTTY) bar.stop()
      else logLine()
    },
  }
}

function timeInWords(seconds: number): string {
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
}
