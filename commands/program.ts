import { Command } from 'commander'
import { commands } from './commands.ts'
import type { CommandContext } from '../composition/context.ts'
import { createLogger } from '../composition/logger.ts'
import { rateLimitedLog } from '../composition/rate-limited-log.ts'
import { VERSION } from '../composition/version.ts'
import { readConfig, readLogSettings } from '../config.ts'

/** Longest graceful shutdown; after it the process exits anyway, which is safe: every part survives being killed. */
const SHUTDOWN_MS_MAX = 10_000
/** Longest wait for a finished command to exit by itself, after its output is flushed. */
const END_MS_MAX = 200

const { LOG_LEVEL: level, LOG_FORMAT: format = process.stderr.isTTY ? 'text' : 'json' } = readLogSettings()
const log = rateLimitedLog(createLogger({ level, format, write: (line) => void process.stderr.write(line) }))

const stopping = new AbortController()

function stop(reason: string): void {
  if (stopping.signal.aborted) return
  log('info', `Stopping: ${reason}.`)
  setTimeout(() => {
    log('error', `Some parts had not stopped after ${SHUTDOWN_MS_MAX / 1000} s; exiting anyway.`)
    process.exit(1)
  }, SHUTDOWN_MS_MAX).unref()
  stopping.abort()
}

const stops = {
  SIGINT: () => stop('interrupted'),
  SIGTERM: () => stop('asked to terminate'),
  SIGHUP: () => stop('the terminal was closed'),
}
for (const [signal, onSignal] of Object.entries(stops)) process.on(signal, onSignal)

/**
 * Commands that compute for minutes without yielding and write only at the end. They keep the default signal handling,
 * which ends them at once: a listener would run only after the computation.
 */
const COMPUTING = ['train', 'predict', 'explain', 'assess']

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

/** Whether the command line is `scoreline NAME …` or `scoreline help NAME`. */
function isRequested(name: string): boolean {
  const [first, second] = process.argv.slice(2).filter((word) => !word.startsWith('-'))
  return name === (first === 'help' ? second : first)
}

function isHelp(): boolean {
  return process.argv[2] === 'help' || process.argv.includes('--help') || process.argv.includes('-h')
}

/** Commands that load the extension themselves. */
const OWN_LOADING = ['extensions']

/** Loads the extension before the command, whose modules read the lists that it adds to. */
async function loadExtension(): Promise<void> {
  const config = readConfig()
  if (config.SCORELINE_EXTENSIONS === undefined) return
  await (await import('../composition/extensions/load-extension.ts')).loadConfiguredExtension(config)
}

const program = new Command('scoreline')
  .description(
    'Event-driven streaming scoring: Kafka events become customer features, scores, priorities and flags, exactly once.',
  )
  .version(VERSION, '-v, --version', 'print the version')
  .showHelpAfterError()
  .hook('preAction', (_, command) => {
    if (!COMPUTING.includes(command.name())) return
    for (const [signal, onSignal] of Object.entries(stops)) process.off(signal, onSignal)
  })

try {
  for (const { name, summary, load } of commands) {
    const command = program.command(name).description(summary)
    if (!isRequested(name)) continue
    if (!OWN_LOADING.includes(name) && !isHelp()) await loadExtension()
    ;(await load())(command, context)
  }
  await program.parseAsync()
} catch (error) {
  log(
    'error',
    error instanceof Error
      ? `${error.message}${error.cause instanceof Error ? ` (${error.cause.message})` : ''}`
      : String(error),
  )
  process.exitCode = 1
}
await Promise.all([process.stdout, process.stderr].map((stream) => new Promise((resolve) => stream.write('', resolve))))
// A finished command exits by itself. The timer covers handles that a library leaves open. It waits because exiting at
// once, during V8's background work, has been seen to hang forever.
setTimeout(() => process.exit(), END_MS_MAX).unref()
