import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip, gunzipSync } from 'node:zlib'
import { CsvError, parse } from 'csv-parse'
import { TableError, type Table, type TableColumn } from '../../../models/table/table.ts'

const separators = [',', ';', '\t', '|']
/** Enough of a file for its header line. */
const HEAD_BYTES = 64 * 1024

/**
 * Reads a table with a header line; `.gz` is unpacked; commas, semicolons, tabs or bars part the cells, whichever the
 * header has most of. A cell that occurs again takes four bytes. Throws `TableError` with what is wrong and where.
 */
export async function readTable(file: string): Promise<Table> {
  const columns = createColumns(file)
  const parser = parse({
    delimiter: await separatorOf(file),
    bom: true,
    skip_empty_lines: true,
    relax_column_count: true,
  })
  const source = createReadStream(file)
  const reading = file.endsWith('.gz') ? pipeline(source, createGunzip(), parser) : pipeline(source, parser)
  try {
    const rows = (async () => {
      for await (const row of parser as AsyncIterable<string[]>) columns.add(row)
    })()
    await Promise.all([reading, rows])
  } catch (error) {
    throw explained(file, error)
  }
  return columns.table()
}

function createColumns(file: string) {
  let names: readonly string[] | undefined
  let known: Map<string, number>[] = []
  let codes: Int32Array[] = []
  let count = 0

  function begin(header: readonly string[]): void {
    names = header.map((name) => name.trim())
    const twice = names.find((name, index) => names!.indexOf(name) !== index)
    if (twice !== undefined)
      throw new TableError(`${file} has two columns named ${JSON.stringify(twice)}: column names must be unique.`)
    known = names.map(() => new Map())
    codes = names.map(() => new Int32Array(1024))
  }

  return {
    add(row: readonly string[]): void {
      if (names === undefined) return begin(row)
      if (row.length !== names.length)
        throw new TableError(`Row ${count + 1} of ${file} has ${row.length} cells, and the header has ${names.length}.`)
      for (let column = 0; column < names.length; column++) {
        const cell = row[column]!
        const cells = known[column]!
        let code = cells.get(cell)
        if (code === undefined) cells.set(cell, (code = cells.size))
        if (count === codes[column]!.length) codes[column] = doubled(codes[column]!)
        codes[column]![count] = code
      }
      count++
    },
    table(): Table {
      if (names === undefined) throw new TableError(`${file} is empty: it has no header line.`)
      if (count === 0) throw new TableError(`${file} has no rows below its header.`)
      const columns = names.map((name, column): TableColumn => ({
        name,
        cells: [...known[column]!.keys()],
        codes: codes[column]!.slice(0, count),
      }))
      return { count, columns }
    },
  }
}

function doubled(from: Int32Array): Int32Array {
  const to = new Int32Array(2 * from.length)
  to.set(from)
  return to
}

/** The one that the header has most of outside quotes. */
async function separatorOf(file: string): Promise<string> {
  const handle = await open(file).catch((error: unknown) => {
    throw explained(file, error)
  })
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    const head = buffer.subarray(0, bytesRead)
    const text = (file.endsWith('.gz') ? unpackedHead(head) : head).toString('utf8')
    const header = (text.split(/\r?\n/, 1)[0] ?? '').replaceAll(/"[^"]*"/g, '')
    return separators.reduce((best, one) => (header.split(one).length > header.split(best).length ? one : best))
  } finally {
    await handle.close()
  }
}

/** As far as the bytes that are there go. What is wrong with them shows when all are read. */
function unpackedHead(bytes: Buffer): Buffer {
  try {
    // 2 is Z_SYNC_FLUSH: an input that ends early is no error.
    return gunzipSync(bytes, { finishFlush: 2 })
  } catch {
    return Buffer.alloc(0)
  }
}

function explained(file: string, error: unknown): Error {
  if (error instanceof TableError) return error
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return new TableError(`There is no file ${file}.`)
  if (code?.startsWith('Z_') === true)
    return new TableError(`${file} can't be unpacked: it is cut off or damaged (${message}).`, { cause: error })
  if (error instanceof CsvError)
    return new TableError(`${file} is no table that can be read: ${message}.`, { cause: error })
  return error as Error
}
