/**
 * Records which server runs in a directory, and who started it. The record lies beside the server's data, so that a
 * start after a kill finds the server left running, and a concurrent second start is refused.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isRunning, markProcess, stopProcess, type ProcessMark } from './processes.ts'

export type ServerRecord = { server: ProcessMark; owner: ProcessMark; port: number }

const recordPath = (directory: string): string => join(directory, 'running.json')

export const readRecord = (directory: string): ServerRecord | undefined => {
  try {
    return JSON.parse(readFileSync(recordPath(directory), 'utf8')) as ServerRecord
  } catch {
    // Missing, or cut short by a kill while it was written: either way, it says nothing about a server.
    return undefined
  }
}

/** Records that this process now owns the server. Atomic, so that no reader sees half a record. */
export const writeRecord = (directory: string, server: ProcessMark, port: number): void => {
  const record: ServerRecord = { server, owner: markProcess(process.pid)!, port }
  const temporary = `${recordPath(directory)}.${process.pid}`
  writeFileSync(temporary, JSON.stringify(record))
  renameSync(temporary, recordPath(directory))
}

export const removeRecord = (directory: string): void => rmSync(recordPath(directory), { force: true })

/**
 * Returns the server that a dead process has left running in the directory, if there is one. Throws if the process that
 * started it is still alive.
 */
export const findOrphan = (directory: string, what: string): ServerRecord | undefined => {
  const record = readRecord(directory)
  if (record === undefined || !isRunning(record.server)) return undefined
  if (isRunning(record.owner)) {
    throw new Error(
      `${what} in ${directory} is already in use by process ${record.owner.pid}: stop that one first, or use another data directory`,
    )
  }
  return record
}

/**
 * Kills a server left running, before its data is deleted: it would hold its port and write to deleted files. Throws as
 * `findOrphan` does.
 */
export const killOrphan = async (directory: string, what: string): Promise<void> => {
  const left = findOrphan(directory, what)
  if (left !== undefined) await stopProcess(left.server, 'SIGKILL', 0)
}
