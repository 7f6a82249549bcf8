import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { killOnExit } from '../kill-on-exit.ts'
import { runPython, preparePython } from '../models/python.ts'
import { freePort } from '../platform-process.ts'

/** A running Python feature server of Feast. */
export interface FeastServer {
  readonly address: string
  /** Returns the body of a request for all features of a customer. */
  bodyFor(customer: number): string
  stop(): Promise<void>
}

const START_MS_MAX = 120_000
const POLL_MS = 250
/** High limit, since Feast replaces its worker after a thousand requests by default. */
const REQUESTS_MAX = 100_000_000

/** Writes features of that many customers into Feast's SQLite store and starts its server on it. */
export async function startFeast(
  names: readonly string[],
  customers: number,
  directory: string,
  log: (line: string) => void,
): Promise<FeastServer> {
  const python = await preparePython(log, '../serving/requirements-feast.txt')
  const folder = join(directory, 'feast')
  // Feast's column names can't contain dots.
  const columns = names.map((_, index) => `feature_${index}`)
  if (!existsSync(join(folder, 'online.db')))
    await runPython(python, '../serving/feast_peer.py', { folder, names: columns, customers }, directory)
  const port = await freePort()
  const words = [
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    '--no-access-log',
    '--max-requests',
    String(REQUESTS_MAX),
  ]
  const child = spawn(join(dirname(python), 'feast'), ['serve', ...words], {
    cwd: folder,
    stdio: 'ignore',
    env: { ...process.env, FEAST_USAGE: 'False', HOME: folder },
  })
  const exited = killOnExit(child)
  const address = `http://127.0.0.1:${port}`
  await untilHealthy(address, child)
  return {
    address,
    bodyFor: (customer) =>
      JSON.stringify({ feature_service: 'all', entities: { customer_id: [`c${customer % customers}`] } }),
    async stop() {
      child.kill('SIGTERM')
      await exited
    },
  }
}

async function untilHealthy(address: string, child: { readonly exitCode: number | null }): Promise<void> {
  const giveUpAt = performance.now() + START_MS_MAX
  while ((await fetch(`${address}/health`).catch(() => undefined))?.ok !== true) {
    if (child.exitCode !== null) throw new Error(`Feast's server ended with code ${child.exitCode}.`)
    if (performance.now() > giveUpAt) throw new Error(`${address} was not ready within ${START_MS_MAX / 1_000} s.`)
    await delay(POLL_MS)
  }
}
