import { Command } from 'commander'
import { commands } from './commands.ts'
import type { CommandContext } from '../composition/context.ts'
import { quietLog } from '../composition/quiet-log.ts'
import { ConfigError, readConfig } from '../config.ts'
import type { Log } from '../streams/log.ts'

/** Graceful shutdown must be through by then; after that the process ends as it is. Everything is safe to be killed. */
const SHUTDOWN_MS_MAX = 10_000

const log: Log = quietLog((level, message) => {
  process.stderr.write(`${new Date().toISOString()} ${level.padEnd(5)} ${message}\n`)
})

const stopping = new AbortController()

function stop(reason: string): void {
  if (stopping.signal.aborted) return
  log('info', `Stopping: ${reason}.`)
  setTimeout(() => {
    log('error', `Not everything had stopped after ${SHUTDOWN_MS_MAX / 1000} s; ending anyway.`)
    process.exit(1)
  }, SHUTDOWN_MS_MAX).unref()
  stopping.abort()
}

process.on('SIGINT', () => stop('interrupted'))
process.on('SIGTERM', () => stop('asked to terminate'))
process.on('SIGHUP', () => stop('the terminal is gone'))

function context(): CommandContext {
  return {
    config: readConfig(),
    log,
    print: (line) => void process.stdout.write(`${line}\n`),
    stopped: stopping.signal,
    fail(error) {
      log('error', error.message)
      process.exitCode = 1
      stop('a part failed')
    },
  }
}

const program = new Command('scoreline')
  .description(
    'Event-driven streaming scoring: Kafka events become customer features, scores, priorities and flags, exactly once.',
  )
  .showHelpAfterError()
for (const define of commands) define(program, context)

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`)
  else
    log(
      'error',
      error instanceof Error
        ? `${error.message}${error.cause instanceof Error ? ` (${error.cause.message})` : ''}`
        : String(error),
    )
  process.exitCode = 1
}
// Handles that a library keeps open must not keep a finished command alive; its output must be flushed before.
await Promise.all([process.stdout, process.stderr].map((stream) => new Promise((resolve) => stream.write('', resolve))))
process.exit()
