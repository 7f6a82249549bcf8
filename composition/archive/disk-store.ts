import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import type { ObjectStore } from './object-store.ts'

/** Only the user who runs the archive may read it: it holds everything that the platform knows. */
const PRIVATE_FILE = 0o600
const PRIVATE_FOLDER = 0o700
const UNFINISHED = '.part'

/** Keeps objects as files below a folder. A file has its name only once it is whole and on disk. */
export function createDiskStore(folder: string): ObjectStore {
  const pathOf = (name: string) => join(folder, name)
  const filesIn = async (prefix: string): Promise<readonly string[]> => {
    try {
      const entries = await readdir(pathOf(prefix), { recursive: true, withFileTypes: true })
      return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    } catch (error) {
      if (isMissing(error)) return []
      throw error
    }
  }

  return {
    whereIs: pathOf,
    async put(name, bytes) {
      const path = pathOf(name)
      await mkdir(dirname(path), { recursive: true, mode: PRIVATE_FOLDER })
      const unfinished = `${path}${UNFINISHED}`
      const file = await open(unfinished, 'w', PRIVATE_FILE)
      try {
        await file.writeFile(bytes)
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(unfinished, path)
      await syncFolder(dirname(path))
    },
    async get(name) {
      try {
        return await readFile(pathOf(name))
      } catch (error) {
        if (isMissing(error)) return undefined
        throw error
      }
    },
    async list(prefix) {
      return (await filesIn(prefix))
        .filter((path) => !path.endsWith(UNFINISHED))
        .map((path) => relative(folder, path).split(sep).join('/'))
        .sort()
    },
    async tidy() {
      for (const path of await filesIn('')) if (path.endsWith(UNFINISHED)) await rm(path, { force: true })
    },
    remove: (name) => rm(pathOf(name), { force: true }),
  }
}

/** Makes a rename durable. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT'
}
