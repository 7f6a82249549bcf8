import { Presets, SingleBar } from 'cli-progress'

export interface Progress {
  /** `loss`: what is being minimised, or another measure of how good it is so far. */
  update(done: number, loss?: number): void
  /** Once; a second time does nothing. */
  stop(): void
}

/** Interval of progress lines without a terminal. */
const LINE_EVERY_MS = 30_000

/**
 * A bar on a terminal; elsewhere a line now and then, and one at the end. On standard error, so that results stay
 * clean.
 */
export function createProgress(title: string, total: number): Progress {
  const startedAt = performance.now()
  const bar = new SingleBar(
    {
      format: `${title} {bar} {percentage}% · {duration_formatted}{measure}`,
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: false,
      stopOnComplete: true,
    },
    Presets.shades_grey,
  )
  if (process.stderr.isTTY) bar.start(total, 0, { measure: '' })
  let [last, measure, printedAt, isOver] = [0, '', startedAt, false]

  function printLine(): void {
    printedAt = performance.now()
    const seconds = ((printedAt - startedAt) / 1_000).toFixed(1)
    process.stderr.write(`${title}: ${Math.round((100 * last) / Math.max(total, 1))} % in ${seconds} s${measure}\n`)
  }

  return {
    update(done, loss) {
      last = done
      if (loss !== undefined) measure = ` · loss ${loss.toFixed(4)}`
      if (process.stderr.isTTY) bar.update(Math.min(done, total), { measure })
      else if (performance.now() - printedAt > LINE_EVERY_MS) printLine()
    },
    stop() {
      if (isOver) return
      isOver = true
      if (process.stderr.isTTY) bar.stop()
      else printLine()
    },
  }
}
