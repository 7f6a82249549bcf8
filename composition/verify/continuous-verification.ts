import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setPriority } from 'node:os'
import { fileURLToPath } from 'node:url'
import { processors } from '../../subjects/subjects.ts'
import { createHealth } from '../../streams/health.ts'
import { differencesOf } from '../../streams/verify/task.ts'
import type { CommandContext } from '../context.ts'
import type { RunningPart } from '../running-part.ts'
import type { Verification } from './verify-served.ts'

export interface VerificationMetrics {
  /** Records the verification of a task: its transactions, and the differences from the published results. */
  verified(processor: string, transactions: number, differences: number): void
}

const main = fileURLToPath(new URL('../../main.ts', import.meta.url))
/** Lower priority than serving processes: verification can wait. */
const NICENESS = 10
/** Time span to verify: the cost does not grow with the deployment's age, and retention can't have deleted records. */
const RECENT_SECONDS = 60

/**
 * Verifies a minute of one task at each interval, task after task, in a process of low priority, so that published
 * results are checked as long as the platform runs. A difference is an error in the log and a metric at `/metrics`.
 */
export function startContinuousVerification(
  context: CommandContext,
  metrics: VerificationMetrics,
  recentSeconds = RECENT_SECONDS,
): RunningPart {
  const { config, log } = context
  const tasks = processors.flatMap(({ name }) =>
    Array.from({ length: config.TOPIC_PARTITIONS }, (_, partition) => ({ name, partition })),
  )
  const health = createHealth()
  let next = 0
  let running: { readonly done: Promise<void>; stop(): void } | undefined

  function verifyNext(): void {
    if (running !== undefined) return
    const { name, partition } = tasks[next++ % tasks.length]!
    const chosen = ['--processors', name, '--partitions', String(partition), '--recent', String(recentSeconds)]
    const words = ['verify', ...chosen, '--no-database', '--json']
    const child = spawn(process.execPath, [main, ...words], { stdio: ['ignore', 'pipe', 'pipe'] })
    const done = outcomeOf(child)
      .then((outcome) => {
        health.worked('Verifying')
        report(name, partition, outcome)
      })
      .catch((error: unknown) => {
        if (child.killed) return
        health.failed('Verifying', error)
        log('warn', 'A task could not be verified', { processor: name, partition, error })
      })
      .finally(() => (running = undefined))
    running = { done, stop: () => child.kill('SIGTERM') }
    if (child.pid !== undefined) setPriority(child.pid, NICENESS)
  }

  function report(name: string, partition: number, { processors: outcomes }: Verification): void {
    const about = { processor: name, partition }
    const { tasks: verified, differences } = outcomes[name]!
    const transactions = verified.reduce((sum, task) => sum + task.transactions, 0)
    const wrong = verified.reduce((sum, task) => sum + differencesOf(task), 0)
    metrics.verified(name, transactions, wrong)
    const [first] = differences
    const gap = verified.find((task) => task.gap !== undefined)?.gap
    if (first !== undefined) log('error', `${wrong} differences from what was served, first ${first.place}`, about)
    else if (gap !== undefined) log('warn', `A task could not be verified ${gap}`, about)
    else log('info', 'A task is verified', { ...about, transactions })
  }

  const timer = setInterval(verifyNext, config.VERIFY_INTERVAL_MINUTES * 60_000)
  return {
    name: 'verification',
    trouble: () => health.trouble(),
    async stop() {
      clearInterval(timer)
      running?.stop()
      await running?.done
    },
  }
}

/** Returns what the process printed. Throws an error with its last words if that is not a report. */
async function outcomeOf(child: ReturnType<typeof spawn>): Promise<Verification> {
  const [output, errors]: [Buffer[], Buffer[]] = [[], []]
  child.stdout!.on('data', (piece: Buffer) => output.push(piece))
  child.stderr!.on('data', (piece: Buffer) => errors.push(piece))
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
  try {
    return JSON.parse(Buffer.concat(output).toString()) as Verification
  } catch {
    const words = Buffer.concat(errors).toString().trim().split('\n').slice(-ERROR_LINES_MAX).join('\n')
    throw new Error(`verify ended with ${code ?? signal} and no report: ${words || 'it printed no error.'}`)
  }
}

/** Lines of the child's log that its error repeats. */
const ERROR_LINES_MAX = 5
