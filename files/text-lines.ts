import { decodedText } from './decoded-text.ts'
import { FileError } from './file-error.ts'
import type { EncodingOptions } from './find-encoding.ts'

/** Longer than any row or event may be: a file without line ends must not fill the memory. */
const LINE_CHARACTERS_MAX = 16_000_000

/**
 * Yields the lines of a file with their numbers from 1, in constant memory. Lines end in LF or CRLF only: node:readline
 * would also split at U+2028, which JSON allows within strings.
 */
export async function* textLines(
  file: string,
  options?: EncodingOptions,
): AsyncGenerator<{ readonly line: number; readonly text: string }> {
  let rest = ''
  let line = 0
  const lineOf = (text: string) => ({ line: ++line, text: text.endsWith('\r') ? text.slice(0, -1) : text })
  for await (const piece of decodedText(file, options)) {
    const parts = (rest + piece).split('\n')
    rest = parts.pop() ?? ''
    if (rest.length > LINE_CHARACTERS_MAX)
      throw new FileError(`${file} has a line of more than ${LINE_CHARACTERS_MAX} characters.`)
    for (const part of parts) yield lineOf(part)
  }
  if (rest !== '') yield lineOf(rest)
}
