import type { Config } from '../config.ts'
import type { Log } from '../streams/log.ts'

/** What every subcommand gets from the composition root. */
export interface CommandContext {
  readonly config: Config
  readonly log: Log
  /** For results, on standard output; the log goes to standard error. */
  readonly print: (line: string) => void
  /** Aborted by the first SIGINT or SIGTERM: finish what is open, then return. */
  readonly stopped: AbortSignal
  /** The platform can't go on: the reason is logged, everything is stopped, and the exit code is 1. */
  readonly fail: (error: Error) => void
}

/** For a part of the platform: its lines in the log name it. */
export function componentOf(context: CommandContext, component: string): CommandContext {
  return { ...context, log: (level, message, fields) => context.log(level, message, { component, ...fields }) }
}

/** Resolves when the process has been asked to stop. */
export function untilStopped({ stopped }: CommandContext): Promise<void> {
  return new Promise((resolve) => {
    if (stopped.aborted) resolve()
    else stopped.addEventListener('abort', () => resolve(), { once: true })
  })
}
