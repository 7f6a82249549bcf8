import { spawn } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { killOnExit } from './kill-on-exit.ts'
import { usageOf, type Usage } from './process-usage.ts'

/** A part of the platform as in production, in a separate process. */
export interface PlatformProcess {
  /** `null` while it runs. */
  readonly exitCode: number | null
  readonly exited: Promise<unknown>
  /** Resources used so far; only while it runs. */
  usage(): Usage
  stop(): Promise<void>
}

const main = fileURLToPath(new URL('../main.ts', import.meta.url))

export function startPlatform(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): PlatformProcess {
  const child = spawn(process.execPath, ['--max-semi-space-size=32', main, ...words], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...environment },
  })
  const exited = killOnExit(child)
  return {
    get exitCode() {
      return child.exitCode
    },
    exited,
    usage: () => usageOf(child.pid!),
    async stop() {
      child.kill('SIGTERM')
      await exited
    },
  }
}

/** Runs a command to its end; throws if its exit code is not 0. */
export async function runPlatform(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  const running = startPlatform(words, environment)
  await running.exited
  if (running.exitCode !== 0) throw new Error(`scoreline ${words.join(' ')} ended with code ${running.exitCode}.`)
}

export async function freePort(): Promise<number> {
  const holder = createServer()
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
  const { port } = holder.address() as AddressInfo
  await new Promise((resolve) => holder.close(resolve))
  return port
}
