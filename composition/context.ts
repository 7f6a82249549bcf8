import type { Config } from '../config.ts'
import type { Log } from '../streams/log.ts'

/** Context that every subcommand gets from the composition root. */
export interface CommandContext {
  readonly config: Config
  readonly log: Log
  /** Prints results to standard output; the log goes to standard error. */
  readonly print: (line: string) => void
  /** Aborted by the first SIGINT or SIGTERM: finish open work, then return. */
  readonly stopped: AbortSignal
  /** Stops everything after a fatal error: the reason is logged, and the exit code is 1. */
  readonly fail: (error: Error) => void
}

/** Returns a context whose log lines name a part of the platform. */
export function componentOf(context: CommandContext, component: string): CommandContext {
  return { ...context, log: (level, message, fields) => context.log(level, message, { component, ...fields }) }
}

/** Resolves when the process is asked to stop. */
export function untilStopped({ stopped }: CommandContext): Promise<void> {
  return new Promise((resolve) => {
    if (stopped.aborted) resolve()
    else stopped.addEventListener('abort', () => resolve(), { once: true })
  })
}
