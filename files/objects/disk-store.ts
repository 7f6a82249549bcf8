import { existsSync } from 'node:fs'
import { chmod, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import type { ObjectStore } from './object-store.ts'

/** Only the user who writes the objects may read them: an archive holds everything that the platform knows. */
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
  const putFile = async <Result>(name: string, write: (path: string) => Promise<Result>): Promise<Result> => {
    const path = pathOf(name)
    await mkdir(dirname(path), { recursive: true, mode: PRIVATE_FOLDER })
    const unfinished = `${path}.${process.pid}${UNFINISHED}`
    try {
      const result = await write(unfinished)
      await chmod(unfinished, PRIVATE_FILE)
      await sync(unfinished)
      await rename(unfinished, path)
      await sync(dirname(path))
      return result
    } finally {
      await rm(unfinished, { force: true })
    }
  }

  return {
    whereIs: pathOf,
    putFile,
    put: (name, bytes) => putFile(name, (path) => writeFile(path, bytes, { mode: PRIVATE_FILE })),
    has: (name) => Promise.resolve(existsSync(pathOf(name))),
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

/** Makes a file durable, or the names in a folder. */
async function sync(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT'
}
