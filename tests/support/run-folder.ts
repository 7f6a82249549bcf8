/**
 * The temporary directory of one run: everything that its servers and its tests create is in it, and is removed with
 * it.
 */
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { markProcess } from '../../deploy/processes.ts'

export const RUN_FOLDER_PREFIX = 'scoreline-run-'

/** Names the process of the run, so that the next run removes what an interrupted one has left. */
export const OWNER_FILE = 'owner.json'

let folder: string | undefined

/** Creates the folder and announces it to the tests, and to the processes that they start, as TMPDIR. */
export const openRunFolder = (): void => {
  folder = mkdtempSync(join(tmpdir(), RUN_FOLDER_PREFIX))
  // Other users may traverse the directory: as root, PostgreSQL runs as one of them.
  chmodSync(folder, 0o711)
  writeFileSync(join(folder, OWNER_FILE), JSON.stringify(markProcess(process.pid)))
  process.env.TMPDIR = folder
}

export const removeRunFolder = (): void => {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  folder = undefined
}

/**
 * The directory of each test file has been removed (`file-environment.js`), so anything left was created by something
 * that outlived its test. Removes everything, and throws if there is anything.
 */
export const closeRunFolder = (): void => {
  const left = folder === undefined ? [] : readdirSync(folder).filter((name) => name !== OWNER_FILE)
  removeRunFolder()
  if (left.length > 0)
    throw new Error(
      `these tests have left something that still wrote to the temporary directory after them: ${left.join(', ')}`,
    )
}
