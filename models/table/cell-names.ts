import { bareCell } from './plain-text.ts'
import { areMixedTruthWords, areTruthWords, meansNo, meansYes } from './truth-words.ts'

/** How the names in a column are compared. */
export interface NameReading {
  /** All are whole numbers: 1 and 1.0 are the same name, as when another program has read them as numbers. */
  readonly codes?: boolean
  /** All are words for yes and no: TRUE and true are the same; `words`: several mean yes or no, and are the same too. */
  readonly truth?: boolean | 'words'
}

const whole = /^[+-]?\d+([.,]0+)?$/

export function decideNames(cells: readonly string[]): NameReading {
  if (cells.length === 0) return {}
  if (cells.every((cell) => whole.test(bareCell(cell)))) return { codes: true }
  const bare = cells.map(bareCell)
  if (areMixedTruthWords(bare)) return { truth: 'words' }
  return areTruthWords(bare) && new Set(bare).size > new Set(bare.map((cell) => cell.toLowerCase())).size
    ? { truth: true }
    : {}
}

/** A cell as a name: without space around it, any space within as one blank, letters with accents in one spelling. */
export function nameIn(cell: string, { codes, truth }: NameReading): string {
  const name = bareCell(cell).normalize('NFC').replaceAll(/\s+/g, ' ')
  if (truth === 'words' && (meansYes(name) || meansNo(name))) return meansYes(name) ? 'yes' : 'no'
  if (truth !== undefined) return name.toLowerCase()
  return codes === true && whole.test(name) ? name.replace(/[.,]0+$/, '') : name
}
