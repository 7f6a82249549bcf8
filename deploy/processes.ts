/**
 * Processes that outlive their starter. A process id may be reused, so a process is identified by its id together with
 * its start time.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** Identity of a process. `began` is opaque: clock ticks since boot on Linux, elsewhere a date as printed by `ps`. */
export type ProcessMark = { pid: number; began: string }

const beganOnLinux = (pid: number): string | undefined => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The second field is the command in brackets and may contain spaces; the fields after it are state, …, starttime
  // (22nd).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' ? undefined : fields[19]
}

const beganElsewhere = (pid: number): string | undefined =>
  execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim() || undefined

/** Returns the mark of a running process, otherwise undefined (a zombie counts as ended). */
export const markProcess = (pid: number): ProcessMark | undefined => {
  try {
    const began = process.platform === 'linux' ? beganOnLinux(pid) : beganElsewhere(pid)
    return began === undefined ? undefined : { pid, began }
  } catch {
    return undefined
  }
}

export const isRunning = (mark: ProcessMark): boolean => markProcess(mark.pid)?.began === mark.began

/** Resolves to true once the process has ended, and to false after the time-out. */
export const waitForEnd = async (mark: ProcessMark, timeoutMs: number): Promise<boolean> => {
  const deadline = performance.now() + timeoutMs
  while (isRunning(mark)) {
    if (performance.now() > deadline) return false
    await sleep(20)
  }
  return true
}

/** Sends the signal unless the process has already ended. */
export const sendSignal = (mark: ProcessMark, signal: NodeJS.Signals): void => {
  try {
    if (isRunning(mark)) process.kill(mark.pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Sends the signal, waits, and kills the process if it is still running. */
export const stopProcess = async (mark: ProcessMark, signal: NodeJS.Signals, timeoutMs: number): Promise<void> => {
  sendSignal(mark, signal)
  if (await waitForEnd(mark, timeoutMs)) return
  sendSignal(mark, 'SIGKILL')
  if (!(await waitForEnd(mark, 5_000))) throw new Error(`process ${mark.pid} is still there after SIGKILL`)
}
