import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Notice, Order, PlatformPart, PlatformProcessSettings } from './orders.ts'
import { createMoments, type Moments } from './stalls/moments.ts'
import { until } from './until.ts'

/** A process of the platform with a supervisor that restarts it, as in a deployment. */
export interface Member {
  readonly name: string
  /** Its `DATA_DIRECTORY`, which is kept across restarts. */
  readonly directory: string
  pid(): number | undefined
  /** Whether it has started its part. */
  ready(): boolean
  /** The problem that /ready would report; null if everything works. */
  trouble(): string | null
  /** Sends an order to the running process; later ones don't get it. */
  order(order: Order): void
  signal(signal: NodeJS.Signals): void
  /** Sends kill -9; resolves when the process has ended. It is restarted unless it is held. */
  kill(): Promise<void>
  /** Prevents its restart until `release`. */
  hold(): void
  /** Starts it again, with orders that it obeys before anything else. */
  release(orders?: readonly Order[]): void
  /** Number of times it has ended so far. */
  ends(): number
  /** Number of lines that it has logged and that match, over all restarts. */
  logged(pattern: RegExp): number
  /** Stops it gracefully and for good. */
  stop(): Promise<void>
}

export interface MemberOptions {
  readonly name: string
  readonly directory: string
  readonly environment: Readonly<Record<string, string>>
  readonly settings: Omit<PlatformProcessSettings, 'orders'>
  /** Records the commits of the processors. */
  readonly committed: Moments
}

const program = fileURLToPath(new URL('./platform-process.ts', import.meta.url))
/** Pause before a restart, as with a supervisor. */
const START_AGAIN_MS = 300
const READY_MS_MAX = 180_000
const STOP_MS_MAX = 20_000

export function startMember({ name, directory, environment, settings, committed }: MemberOptions): Member {
  mkdirSync(directory, { recursive: true })
  const logFile = join(directory, `${name}.log`)
  const lines: string[] = []
  let child: ChildProcess | undefined
  let isReady = false
  let trouble: string | null = null
  let held = false
  let stopped = false
  let ends = 0

  function note(line: string): void {
    lines.push(line)
    appendFileSync(logFile, `${new Date().toISOString()} ${line}\n`)
  }

  function start(orders: readonly Order[] = []): void {
    const started = spawnPart({ directory, environment, settings }, orders)
    child = started
    isReady = false
    trouble = null
    for (const stream of [started.stdout!, started.stderr!])
      stream.on('data', (data: Buffer) => note(`output ${data.toString().trimEnd()}`))
    started.on('message', (message) => {
      const notice = message as Notice
      if (notice.kind === 'ready') isReady = started === child
      else if (notice.kind === 'committed') committed.record(notice.at)
      else if (notice.kind === 'trouble') trouble = notice.text
      else note(`${notice.level} ${notice.message}`)
    })
    started.on('exit', (code, signal) => {
      if (!stopped) ends++
      note(`ended ${signal ?? code}`)
      if (started === child) isReady = false
      void delay(START_AGAIN_MS).then(() => {
        if (!held && !stopped && started === child) start()
      })
    })
    // An order to a process that has just ended is lost, as intended.
    started.on('error', (error) => note(`error ${error.message}`))
  }

  const alive = () => (child?.exitCode === null && child.signalCode === null ? child : undefined)

  start()
  return {
    name,
    directory,
    pid: () => alive()?.pid,
    ready: () => isReady,
    trouble: () => trouble,
    order: (order) => void child?.send(order, () => {}),
    signal: (signal) => void child?.kill(signal),
    kill: () => ended(alive(), 'SIGKILL'),
    hold: () => void (held = true),
    release(orders) {
      held = false
      if (alive() === undefined) start(orders)
    },
    ends: () => ends,
    logged: (pattern) => lines.filter((line) => pattern.test(line)).length,
    async stop() {
      stopped = true
      const running = alive()
      const timer = setTimeout(() => running?.kill('SIGKILL'), STOP_MS_MAX)
      await ended(running, 'SIGCONT', 'SIGTERM')
      clearTimeout(timer)
    },
  }
}

function spawnPart(
  { directory, environment, settings }: Pick<MemberOptions, 'directory' | 'environment' | 'settings'>,
  orders: readonly Order[],
): ChildProcess {
  const argument = JSON.stringify({ ...settings, orders } satisfies PlatformProcessSettings)
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, argument], {
    env: { ...environment, DATA_DIRECTORY: directory },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
}

/** Sends the signals and waits until the process has ended. */
async function ended(child: ChildProcess | undefined, ...signals: readonly NodeJS.Signals[]): Promise<void> {
  if (child === undefined) return
  const gone = once(child, 'exit')
  for (const signal of signals) child.kill(signal)
  await gone
}

/** The platform's processes: those of the processors, the sink and the API. */
export interface Fleet {
  readonly processors: readonly Member[]
  readonly sink: Member
  /** Times at which the processors committed transactions. */
  readonly committed: Moments
  /** Starts and stops processes to reach this number; resolves when all are ready. */
  scale(count: number): Promise<void>
  untilReady(): Promise<void>
  /** Waits until every process would report itself ready; returns the problems left after a minute and a half. */
  untilHealthy(): Promise<readonly string[]>
  /** Number of times that processes have ended without being stopped. */
  ends(): number
  /** Number of matching lines logged so far by all processes, including former ones. */
  logged(pattern: RegExp): number
  stop(): Promise<void>
}

export function startFleet(startProcess: (part: PlatformPart, name: string, committed: Moments) => Member): Fleet {
  const processors: Member[] = []
  const committed = createMoments()
  const sink = startProcess('sink', 'sink', committed)
  const api = startProcess('api', 'api', committed)
  const all: Member[] = [sink, api]
  const untilReady = async () => {
    for (const member of [...processors, sink, api])
      await until(() => member.ready(), { what: `${member.name} to start`, timeoutMs: READY_MS_MAX })
  }
  const troubles = () =>
    [...processors, sink, api].flatMap((member) => {
      const trouble = member.trouble()
      return trouble === null ? [] : [`${member.name} is not ready: ${trouble}`]
    })
  return {
    processors,
    sink,
    committed,
    untilReady,
    untilHealthy: () =>
      until(() => troubles().length === 0, { what: 'readiness' }).then(
        () => [],
        () => troubles(),
      ),
    async scale(count) {
      while (processors.length < count) {
        const member = startProcess('processors', `processors-${processors.length + 1}`, committed)
        processors.push(member)
        all.push(member)
      }
      await Promise.all(processors.splice(count).map((member) => member.stop()))
      await untilReady()
    },
    ends: () => all.reduce((sum, member) => sum + member.ends(), 0),
    logged: (pattern) => all.reduce((sum, member) => sum + member.logged(pattern), 0),
    stop: async () => void (await Promise.all([...processors, sink, api].map((member) => member.stop()))),
  }
}
