/** How the names in a column are compared. */
export interface NameReading {
  /** All are whole numbers: 1 and 1.0 are the same name, as when another program has read them as numbers. */
  readonly codes?: boolean
}

const whole = /^[+-]?\d+([.,]0+)?$/

export function decideNames(cells: readonly string[]): NameReading {
  return cells.length > 0 && cells.every((cell) => whole.test(cell.trim())) ? { codes: true } : {}
}

/** A cell as a name: without space around it, letters with accents in one spelling. */
export function nameIn(cell: string, { codes }: NameReading): string {
  const name = cell.trim().normalize('NFC')
  return codes === true && whole.test(name) ? name.replace(/[.,]0+$/, '') : name
}
