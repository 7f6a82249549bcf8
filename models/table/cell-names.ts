import { bareCell } from './plain-text.ts'
import { areMixedTruthWords, areTruthWords, meansNo, meansYes } from './truth-words.ts'

/** How names in a column are normalised for comparison. */
export interface NameFormat {
  /** All are integers: 1 and 1.0 are the same name, as after another program has parsed them as numbers. */
  readonly codes?: boolean
  /**
   * All are words for yes and no: TRUE and true are the same name. `words`: synonyms of yes or no are the same, too.
   */
  readonly truth?: boolean | 'words'
}

const whole = /^[+-]?\d+([.,]0+)?$/

export function inferNameFormat(cells: readonly string[]): NameFormat {
  if (cells.length === 0) return {}
  if (cells.every((cell) => whole.test(bareCell(cell)))) return { codes: true }
  const bare = cells.map(bareCell)
  if (areMixedTruthWords(bare)) return { truth: 'words' }
  return areTruthWords(bare) && new Set(bare).size > new Set(bare.map((cell) => cell.toLowerCase())).size
    ? { truth: true }
    : {}
}

/** Normalises a cell to a name: trims and collapses white space, and composes accented letters (NFC). */
export function nameIn(cell: string, { codes, truth }: NameFormat): string {
  const name = bareCell(cell).normalize('NFC').replaceAll(/\s+/g, ' ')
  if (truth === 'words' && (meansYes(name) || meansNo(name))) return meansYes(name) ? 'yes' : 'no'
  if (truth !== undefined) return name.toLowerCase()
  return codes === true && whole.test(name) ? name.replace(/[.,]0+$/, '') : name
}
