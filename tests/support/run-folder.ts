/** The temporary directory of one run: whatever its servers and its tests make lies in it, and goes with it. */
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { markProcess } from '../../deploy/processes.ts'

export const RUN_FOLDER_PREFIX = 'scoreline-run-'

/** Names the process whose run it is: what an interrupted one has left is removed by the next. */
export const OWNER_FILE = 'owner.json'

let folder: string | undefined

/** Tells the tests, and the processes that they start, by TMPDIR. */
export const openRunFolder = (): void => {
  folder = mkdtempSync(join(tmpdir(), RUN_FOLDER_PREFIX))
  // Other users may pass through: as root, PostgreSQL runs as one of them.
  chmodSync(folder, 0o711)
  writeFileSync(join(folder, OWNER_FILE), JSON.stringify(markProcess(process.pid)))
  process.env.TMPDIR = folder
}

export const removeRunFolder = (): void => {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  folder = undefined
}

/**
 * Each test file's own directory has gone with it (`file-environment.js`): what is still there was made by something
 * that went on after its test. Removes all of it, and throws where there is such a thing.
 */
export const closeRunFolder = (): void => {
  const left = folder === undefined ? [] : readdirSync(folder).filter((name) => name !== OWNER_FILE)
  removeRunFolder()
  if (left.length > 0)
    throw new Error(
      `these tests have left something that still wrote to the temporary directory after them: ${left.join(', ')}`,
    )
}
