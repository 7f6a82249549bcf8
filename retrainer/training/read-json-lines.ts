import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'

export type JsonLine = Readonly<Record<string, unknown>>

/** A file of JSON lines that can't be used, with the place and the reason. */
export class JsonLinesError extends Error {
  override readonly name = 'JsonLinesError'
}

/**
 * Reads a file with a JSON object a line; `.gz` is unpacked, empty lines are left out. Throws `JsonLinesError` with the
 * line.
 */
export async function readJsonLines(file: string): Promise<JsonLine[]> {
  const source = createReadStream(file)
  const unpacked = file.endsWith('.gz') ? source.pipe(createGunzip()) : source
  const failed = new Promise<never>((_, reject) => {
    for (const stream of [source, unpacked])
      stream.once('error', (error: Error) =>
        reject(new JsonLinesError(`${file} can't be read: ${error.message}`, { cause: error })),
      )
  })
  const lines = (async () => {
    const rows: JsonLine[] = []
    let number = 0
    for await (const line of createInterface({ input: unpacked, crlfDelay: Number.POSITIVE_INFINITY })) {
      number++
      if (line.trim() !== '')
        rows.push(rowOf(number === 1 ? line.replace(/^\ufeff/, '') : line, `line ${number} of ${file}`))
    }
    return rows
  })()
  const rows = await Promise.race([lines, failed])
  if (rows.length === 0) throw new JsonLinesError(`${file} is empty: there is no JSON object to train on.`)
  return rows
}

/** A required field. `place`: the location of the row. */
export function fieldOf(row: JsonLine, name: string, place: string): unknown {
  if (Object.hasOwn(row, name)) return row[name]
  throw new JsonLinesError(
    `There is no field ${JSON.stringify(name)} in ${place}: it has ${Object.keys(row).join(', ')}.`,
  )
}

/** A field that is a text; null is an empty one. */
export function textField(row: JsonLine, name: string, place: string): string {
  const value = fieldOf(row, name, place) ?? ''
  if (typeof value === 'string') return value
  throw new JsonLinesError(
    `The field ${JSON.stringify(name)} of ${place} is ${JSON.stringify(value)}: it must be a text.`,
  )
}

function rowOf(line: string, place: string): JsonLine {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (error) {
    throw new JsonLinesError(`There is no JSON in ${place}: ${(error as Error).message}`, { cause: error })
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonLine
  throw new JsonLinesError(`There is no JSON object in ${place}, but ${line.slice(0, 40)}.`)
}
