import { FileError } from './file-error.ts'

/** Space, and letters without width: what other programs leave around a name. */
const unseenAround = /^[\s\u200b-\u200f\u2060\ufeff]+|[\s\u200b-\u200f\u2060\ufeff]+$/g

/**
 * The names of columns by their header cells: without line breaks and space around them, `column 3` where there is
 * none. Throws `FileError` where two are the same.
 */
export function headerNames(file: string, header: readonly string[]): string[] {
  const names = header.map(
    (cell, at) => cell.replaceAll(unseenAround, '').replaceAll(/\s*[\r\n]+\s*/g, ' ') || `column ${at + 1}`,
  )
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined)
    throw new FileError(
      `${file} has two columns ${JSON.stringify(twice)}: each must have a name of its own. Say them with --names after taking the header line out.`,
    )
  return names
}
