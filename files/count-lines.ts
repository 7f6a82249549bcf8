import type { EncodingOptions } from './find-encoding.ts'
import { textLines } from './text-lines.ts'

/** Counts the lines of a file, for the progress of reading it. */
export async function countLines(file: string, options: EncodingOptions): Promise<number> {
  let count = 0
  // Guesses about the format are reported when the file is read for its content.
  for await (const { line } of textLines(file, { ...options, onWarning: () => {} })) count = line
  return count
}
