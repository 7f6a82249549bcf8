import { FileError } from './file-error.ts'
import type { EncodingOptions } from './find-encoding.ts'
import { jsonText, parseJson } from './json-text.ts'
import { textLines } from './text-lines.ts'

export interface JsonRecord {
  readonly row: Readonly<Record<string, unknown>>
  /** Line number of the object, from 1; in a list, that of the line on which the list begins. */
  readonly line: number
  /** Whether the object is part of a list. */
  readonly isListed: boolean
}

/**
 * Yields the objects of a file: one per line, or a single list of them. Empty lines are skipped; `NaN` and `Infinity`,
 * which Python writes, become null. Throws `FileError` with the line.
 */
export async function* jsonRecords(file: string, options?: EncodingOptions): AsyncGenerator<JsonRecord> {
  const lines = textLines(file, options)
  for await (const { line, text } of lines) {
    if (text.trim() === '') continue
    const place = `${file}:${line}`
    if (text.trimStart().startsWith('[')) {
      const parts = [text]
      for await (const next of lines) parts.push(next.text)
      yield* objectsOf(valueIn(parts.join('\n'), place), place, line)
      return
    }
    yield { row: objectIn(valueIn(text, place), text, place), line, isListed: false }
  }
}

/** Describes the place of an object in a list, for people. */
export function listedPlace(place: string, index: number): string {
  return `object ${index + 1} of the list in ${place}`
}

function* objectsOf(values: unknown, place: string, line: number): Generator<JsonRecord> {
  const list = values as readonly unknown[]
  for (const [index, value] of list.entries()) {
    const own = listedPlace(place, index)
    yield { row: objectIn(value, jsonText(value), own), line, isListed: true }
  }
}

function valueIn(text: string, place: string): unknown {
  try {
    return parseJson(text)
  } catch (error) {
    const mended = withoutNaN(text)
    if (mended !== text) return valueIn(mended, place)
    throw new FileError(`No JSON can be read from ${place}: ${(error as Error).message}`, { cause: error })
  }
}

/** Replaces `NaN` and `Infinity` outside of strings by null. */
function withoutNaN(text: string): string {
  return text.replaceAll(/"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g, (found) =>
    found.startsWith('"') ? found : 'null',
  )
}

function objectIn(value: unknown, text: string, place: string): JsonRecord['row'] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonRecord['row']
  throw new FileError(`There is no JSON object in ${place}, but ${text.slice(0, 40)}.`)
}
