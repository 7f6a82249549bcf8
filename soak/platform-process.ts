/**
 * Runs the processors (with the clock), the sink or the API as a process of its own, composed as in production. It
 * obeys orders to stall, to die at a fail point or to skew its clock. Configured by the environment; it ends with its
 * parent.
 */
import { flushCompileCache } from 'node:module'
import type { CommandContext } from '../composition/context.ts'
import { lineOf } from '../composition/log-line.ts'
import { troubleOf, type RunningPart } from '../composition/running-part.ts'
import { readConfig } from '../config.ts'
import type { FailPoint } from '../streams/task/fail-point.ts'
import type { Notice, Order, PlatformPart, PlatformProcessSettings } from './orders.ts'
import { skewClock } from './skewed-clock.ts'

const settings = JSON.parse(process.argv[2]!) as PlatformProcessSettings
const deaths = new Map<FailPoint, { passes: number; readonly laterMs: number }>()

function obey(order: Order): void {
  if (order.kind === 'skew') skewClock(order.ms)
  else if (order.kind === 'die') deaths.set(order.point, { passes: order.passes, laterMs: order.laterMs })
  else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, order.ms)
}

const NOTICE_MS = 20
let noticedAt = 0

function atPoint(point: FailPoint): void {
  if (point === 'committed' && Date.now() - noticedAt >= NOTICE_MS) {
    noticedAt = Date.now()
    notify({ kind: 'committed', at: noticedAt })
  }
  const death = deaths.get(point)
  if (death === undefined || --death.passes > 0) return
  deaths.delete(point)
  if (death.laterMs === 0) process.kill(process.pid, 'SIGKILL')
  else setTimeout(() => process.kill(process.pid, 'SIGKILL'), death.laterMs)
}

const notify = (notice: Notice) => void (process.connected && process.send!(notice))

settings.orders.forEach(obey)
process.on('message', (order) => obey(order as Order))
process.on('disconnect', () => process.exit(1))
// With a handler, a write beyond the file size limit fails like one to a full disk, instead of ending the process.
process.on('SIGXFSZ', () => {})

const context: CommandContext = {
  config: readConfig(),
  log: (level, message, fields) => notify({ kind: 'log', level, message: lineOf(message, fields) }),
  print: () => {},
  stopped: new AbortController().signal,
  fail(error) {
    notify({ kind: 'log', level: 'fatal', message: String(error) })
    process.exitCode = 1
    setImmediate(() => process.exit())
  },
}

/** Each part imports only what it runs, because processes are restarted again and again. */
const starts: Readonly<Record<PlatformPart, () => Promise<RunningPart[]>>> = {
  async api() {
    const { createMetrics } = await import('../api/operations/metrics.ts')
    const { startApi } = await import('../composition/api/api.ts')
    const parts: RunningPart[] = []
    parts.push(await startApi(context, createMetrics(), () => parts))
    return parts
  },
  async sink() {
    const { startSink } = await import('../composition/sink/sink.ts')
    return [await startSink(context)]
  },
  async processors() {
    const { startClockFor } = await import('../composition/clock.ts')
    const { startProcessors } = await import('../composition/engine/engine.ts')
    const { processors } = await import('../subjects/subjects.ts')
    const { noMetrics } = await import('../streams/metrics.ts')
    const { proxy, requestTimeoutMs, only } = settings
    const chosen = processors.filter(({ name }) => only === undefined || only.includes(name))
    const client = { requestTimeoutMs, ...(proxy === undefined ? {} : { resolveBroker: () => proxy }) }
    return [await startProcessors(context, noMetrics, chosen, { client, atPoint }), await startClockFor(context)]
  },
}

const LOOK_MS = 500
let trouble: string | null = null

function look(parts: readonly RunningPart[]): void {
  const now = parts.map(troubleOf).find((text) => text !== undefined) ?? null
  if (now !== trouble) notify({ kind: 'trouble', text: now })
  trouble = now
}

try {
  const parts = await starts[settings.part]()
  setInterval(look, LOOK_MS, parts)
  process.on('SIGTERM', () => void Promise.all(parts.map((part) => part.stop())).then(() => process.exit(0)))
  notify({ kind: 'ready' })
  // Saves the compile cache for the next start now, since the process is usually killed before it could exit.
  flushCompileCache()
} catch (error) {
  context.fail(error as Error)
}
