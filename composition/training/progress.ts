import { Presets, SingleBar } from 'cli-progress'
import type { Log } from '../../streams/log.ts'

export interface Progress {
  /**
   * @param done estimated share of the time that has passed, out of `total`; never decreases
   * @param loss the minimised loss, or another measure of quality so far
   */
  update(done: number, loss?: number): void
  /** Ends the progress; further calls do nothing. */
  stop(): void
}

/** Interval of log lines without a terminal, and delay of the first. */
const LINE_EVERY_MS = 30_000
const FIRST_LINE_MS = 5_000
/** Share below which the remaining time can't be estimated. */
const SHARE_MIN = 0.005

/** Shows a progress bar on standard error if that is a terminal; otherwise logs a line periodically and at the end. */
export function createProgress(title: string, total: number, log: Log): Progress {
  const startedAt = performance.now()
  const bar = new SingleBar(
    {
      format: `${title} {bar} {percentage}% · {duration_formatted}{left}{measure}`,
      stream: process.stderr,
      // An interruption must leave the terminal as it is.
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
        const left = seconds === undefined ? '' : ` · about ${durationText(seconds)} left`
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

function durationText(seconds: number): string {
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
}
