/** Removes what an interrupted run has left behind: servers that tests had started, and its directory. */
import { globSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { isRunning, stopProcess, type ProcessMark } from '../../deploy/processes.ts'
import { readRecord } from '../../deploy/server-record.ts'
import { OWNER_FILE, RUN_FOLDER_PREFIX } from './run-folder.ts'

/**
 * Returns the process of a run’s folder; `undefined` if it has not written its mark yet, or has ended while something
 * still wrote to the folder.
 */
const ownerOf = (folder: string): ProcessMark | undefined => {
  try {
    return JSON.parse(readFileSync(join(folder, OWNER_FILE), 'utf8')) as ProcessMark
  } catch {
    return undefined
  }
}

const NAMES_ITS_OWNER_WITHIN_MS = 60_000

const isLeft = (folder: string): boolean => {
  const owner = ownerOf(folder)
  if (owner !== undefined) return !isRunning(owner)
  return Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Infinity) > NAMES_ITS_OWNER_WITHIN_MS
}

/** Kills servers whose run has ended without them; servers of another run in progress are left alone. */
export const removeLeftOvers = async (): Promise<void> => {
  const temporary = tmpdir()
  for (const name of globSync(`${RUN_FOLDER_PREFIX}*`, { cwd: temporary })) {
    const folder = join(temporary, name)
    if (!isLeft(folder)) continue
    for (const path of globSync('**/running.json', { cwd: folder })) {
      const record = readRecord(join(folder, dirname(path)))
      if (record !== undefined && !isRunning(record.owner)) await stopProcess(record.server, 'SIGKILL', 5_000)
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}
