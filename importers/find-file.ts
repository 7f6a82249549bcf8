import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ImportError } from './importer.ts'

/**
 * Returns the only file in the folder that matches the pattern. Data sets are distributed under several file names
 * (`trans.asc`, `trans_1993.asc.gz`). Throws if no file or several match, naming the pattern.
 */
export async function findFile(folder: string, pattern: RegExp): Promise<string> {
  const names = await readdir(folder).catch((cause: Error) => {
    throw new ImportError(`The folder ${folder} cannot be read: ${cause.message}.`, { cause })
  })
  const fitting = names.filter((name) => pattern.test(name)).sort()
  const [name] = fitting
  if (name === undefined) throw new ImportError(`${folder} has no file whose name fits ${pattern}.`)
  if (fitting.length > 1)
    throw new ImportError(`${folder} has several files that fit ${pattern}: ${fitting.join(', ')}. Leave one of them.`)
  return join(folder, name)
}
