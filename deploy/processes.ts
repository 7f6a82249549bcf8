/**
 * Processes that outlive the one that started them. A process id alone may have been reused since, so a process is
 * remembered by its id together with the moment it began.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** `began` is opaque: clock ticks since boot on Linux, a date as `ps` prints it elsewhere. */
export type ProcessMark = { pid: number; began: string }

const beganOnLinux = (pid: number): string | undefined => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The second field is the command in brackets and may hold spaces; the fields after it are state, …, starttime
  // (22nd).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' ? undefined : fields[19]
}

const beganElsewhere = (pid: number): string | undefined =>
  execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim() || undefined

/** The mark of a process that is running now, else undefined (a zombie counts as ended). */
export const markProcess = (pid: number): ProcessMark | undefined => {
  try {
    const began = process.platform === 'linux' ? beganOnLinux(pid) : beganElsewhere(pid)
    return began === undefined ? undefined : { pid, began }
  } catch {
    return undefined
  }
}

export const isRunning = (mark: ProcessMark): boolean => markProcess(mark.pid)?.began === mark.began

/** True once the process has ended, false when the time has run out before. */
export const waitForEnd = async (mark: ProcessMark, timeoutMs: number): Promise<boolean> => {
  const deadline = performance.now() + timeoutMs
  while (isRunning(mark)) {
    if (performance.now() > deadline) return false
    await sleep(20)
  }
  return true
}

/** Sends the signal, unless the process has ended already. */
export const sendSignal = (mark: ProcessMark, signal: NodeJS.Signals): void => {
  try {
    if (isRunning(mark)) process.kill(mark.pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Sends the gentle signal, waits, and kills what is still there. */
export const stopProcess = async (mark: ProcessMark, signal: NodeJS.Signals, timeoutMs: number): Promise<void> => {
  sendSignal(mark, signal)
  if (await waitForEnd(mark, timeoutMs)) return
  sendSignal(mark, 'SIGKILL')
  if (!(await waitForEnd(mark, 5_000))) throw new Error(`process ${mark.pid} is still there after SIGKILL`)
}
