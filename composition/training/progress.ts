import { Presets, SingleBar } from 'cli-progress'
import type { Log } from '../../streams/log.ts'

export interface Progress {
  /** `loss`: what is being minimised, or another measure of how good it is so far. */
  update(done: number, loss?: number): void
  /** Once; a second time does nothing. */
  stop(): void
}

/** Interval of lines without a terminal. */
const LINE_EVERY_MS = 30_000

/** A bar on a terminal, on standard error; elsewhere a line in the log now and then, and one at the end. */
export function createProgress(title: string, total: number, log: Log): Progress {
  const startedAt = performance.now()
  const bar = new SingleBar(
    {
      format: `${title} {bar} {percentage}% · {duration_formatted}{measure}`,
      stream: process.stderr,
      // A stop leaves the terminal as it is.
      hideCursor: false,
      clearOnComplete: false,
      stopOnComplete: true,
    },
    Presets.shades_grey,
  )
  if (process.stderr.isTTY) bar.start(total, 0, { measure: '' })
  let [last, loggedAt, isOver] = [0, startedAt, false]
  let measured: number | undefined

  function logLine(): void {
    loggedAt = performance.now()
    log('info', title, {
      percent: Math.round((100 * last) / Math.max(total, 1)),
      seconds: Number(((loggedAt - startedAt) / 1_000).toFixed(1)),
      ...(measured === undefined ? {} : { loss: Number(measured.toFixed(4)) }),
    })
  }

  return {
    update(done, loss) {
      last = done
      measured = loss ?? measured
      const measure = measured === undefined ? '' : ` · loss ${measured.toFixed(4)}`
      if (process.stderr.isTTY) bar.update(Math.min(done, total), { measure })
      else if (performance.now() - loggedAt > LINE_EVERY_MS) logLine()
    },
    stop() {
      if (isOver) return
      isOver = true
      if (process.stderr.isTTY) bar.stop()
      else logLine()
    },
  }
}
