import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ImportError } from './importer.ts'

/**
 * The one file of the folder whose name fits. Data sets travel under several names (`trans.asc`, `trans_1993.asc.gz`),
 * so importers ask by pattern; none or several is an error that names what was looked for, never a guess.
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
