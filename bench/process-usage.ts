import { readFileSync } from 'node:fs'

/** The resources that a process has used, over all its threads. */
export interface Usage {
  /** ms since the epoch. */
  readonly at: number
  /** User and system time since the start. */
  readonly cpuSeconds: number
  readonly residentMegabytes: number
  /** Anonymous memory: the map of a local store can be evicted at any time, this can't. */
  readonly anonymousMegabytes: number
}

const TICKS_PER_SECOND = 100

/** Returns the usage of a running process. */
export function usageOf(pid: number): Usage {
  // The fields after the name, which may contain blanks: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const megabytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1_024
  return {
    at: Date.now(),
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
    residentMegabytes: megabytes('VmRSS'),
    anonymousMegabytes: megabytes('RssAnon'),
  }
}
