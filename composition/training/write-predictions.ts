import { formatOf, rowLines, type FileFormat } from '../../files/file-format.ts'
import { writeLines } from '../../files/write-lines.ts'
import type { CommandContext } from '../context.ts'

/** Rows to write, with their predictions. */
interface Predicted {
  readonly names: readonly string[]
  readonly rows: Iterable<readonly unknown[]>
  /** Names of the predicted fields; `predictionsOf` returns their values in this order. */
  readonly added: readonly string[]
  predictionsOf(row: number): readonly unknown[]
}

/**
 * Writes CSV, TSV or JSON Lines, by the file name or else as `otherwise`, compressed if the name ends in `.gz`. A
 * predicted field whose name exists already is renamed, which is logged.
 */
export async function writePredictions(
  { log }: Pick<CommandContext, 'log'>,
  out: string,
  otherwise: FileFormat,
  { names, rows, added, predictionsOf }: Predicted,
): Promise<void> {
  const taken = new Set(names)
  const free = added.map((name) => {
    let one = name
    for (let number = 2; taken.has(one); number++) one = `${name}_${number}`
    if (one !== name) log('warn', `The rows have a field ${name} already: what is predicted is in ${one}.`)
    return one
  })
  function* extended(): Generator<readonly unknown[]> {
    let row = 0
    for (const values of rows) yield [...values, ...predictionsOf(row++)]
  }
  await writeLines(out, rowLines(formatOf(out) ?? otherwise, [...names, ...free], extended()))
}
