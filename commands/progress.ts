import { Presets, SingleBar } from 'cli-progress'

export interface Progress {
  update(done: number): void
  stop(): void
}

/** A bar on a terminal; elsewhere a line at the end. On standard error, so that results stay clean. */
export function createProgress(title: string, total: number): Progress {
  const startedAt = performance.now()
  const bar = new SingleBar(
    {
      format: `${title} {bar} {percentage}% · {duration_formatted}`,
      stream: process.stderr,
      hideCursor: true,
      clearOnComplete: false,
      stopOnComplete: true,
    },
    Presets.shades_grey,
  )
  if (process.stderr.isTTY) bar.start(total, 0)
  let last = 0
  return {
    update(done) {
      last = done
      if (process.stderr.isTTY) bar.update(Math.min(done, total))
    },
    stop() {
      if (process.stderr.isTTY) bar.stop()
      else
        process.stderr.write(
          `${title}: ${Math.round((100 * last) / Math.max(total, 1))} % in ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`,
        )
    },
  }
}
