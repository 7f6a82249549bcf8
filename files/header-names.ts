import { FileError } from './file-error.ts'

/** White space and zero-width characters, which other programs leave around names. */
const unseenAround = /^[\s\u200b-\u200f\u2060\ufeff]+|[\s\u200b-\u200f\u2060\ufeff]+$/g

/**
 * Returns the column names from the header cells, trimmed and without line breaks; an empty cell becomes e.g. `column
 * 3`. Throws `FileError` for duplicates.
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
