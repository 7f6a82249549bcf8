import { spawn } from 'node:child_process'
import { mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { killOnExit } from '../kill-on-exit.ts'
import { usageOf, type Usage } from '../process-usage.ts'
import type { Job } from './jobs.ts'

/** The settings of a job. */
export interface JobSettings {
  readonly brokers: readonly string[]
  /** Consumer group of the job, and prefix of its internal topics. */
  readonly applicationId: string
  readonly input: string
  readonly output: string
  readonly modelFile: string
  readonly modelId: string
  readonly commitMs: number
  readonly threads: number
  readonly guarantee: 'exactly_once_v2' | 'at_least_once'
  /** Standby replicas of each task's state. */
  readonly standbys: number
  /** Session timeout; `undefined`: the job's own default. */
  readonly sessionMs?: number
  /** Number of this process among those of the job. */
  readonly member: number
  /** Directory of the job, including its log. */
  readonly directory: string
}

export interface JobProcess {
  usage(): Usage
  /** Rejects when the job ends by itself. */
  readonly failed: Promise<never>
  /** Stops the process gracefully with SIGTERM. */
  stop(): Promise<void>
  /** Kills the process. */
  kill(): Promise<void>
}

/** Returns the settings of one of several processes of the job, each with a separate directory. */
export function memberSettings(settings: JobSettings, member: number): JobSettings {
  return { ...settings, member, directory: join(settings.directory, String(member)) }
}

const STOP_MS_MAX = 30_000

export function startJob(job: Job, settings: JobSettings): JobProcess {
  const { directory } = settings
  mkdirSync(directory, { recursive: true })
  const logFile = join(directory, 'log')
  const log = openSync(logFile, 'a')
  const [program, ...words] = job.command
  const child = spawn(program!, words, {
    stdio: ['ignore', log, log],
    env: {
      ...process.env,
      BROKERS: settings.brokers.join(','),
      APP_ID: settings.applicationId,
      IN: settings.input,
      OUT: settings.output,
      MODEL: settings.modelFile,
      MODEL_ID: settings.modelId,
      COMMIT_MS: String(settings.commitMs),
      THREADS: String(settings.threads),
      GUARANTEE: settings.guarantee,
      STANDBYS: String(settings.standbys),
      SESSION_MS: String(settings.sessionMs ?? ''),
      MEMBER: String(settings.member),
      STATE_DIR: join(directory, 'state'),
    },
  })
  let stopping = false
  const gone = killOnExit(child)
  const failed = gone.then(([code, signal]): never => {
    if (stopping) return undefined as never
    const words = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-10).join('\n')
    throw new Error(`${job.name} ended with ${String(code ?? signal)} in the middle of its work:\n${words}`)
  })
  failed.catch(() => {})
  return {
    failed,
    usage: () => usageOf(child.pid!),
    async kill() {
      stopping = true
      child.kill('SIGKILL')
      await gone
    },
    async stop() {
      stopping = true
      child.kill('SIGTERM')
      const patience = setTimeout(() => child.kill('SIGKILL'), STOP_MS_MAX)
      await gone
      clearTimeout(patience)
    },
  }
}

/** Combines several processes of one job into one. */
export function together(processes: readonly JobProcess[]): JobProcess {
  const all = async (what: (one: JobProcess) => Promise<void>) => void (await Promise.all(processes.map(what)))
  return {
    failed: Promise.race(processes.map(({ failed }) => failed)),
    usage() {
      const usages = processes.map((one) => one.usage())
      const sum = (name: keyof Usage) => usages.reduce((total, usage) => total + usage[name], 0)
      return {
        at: usages[0]!.at,
        cpuSeconds: sum('cpuSeconds'),
        residentMegabytes: sum('residentMegabytes'),
        anonymousMegabytes: sum('anonymousMegabytes'),
      }
    },
    stop: () => all((one) => one.stop()),
    kill: () => all((one) => one.kill()),
  }
}
