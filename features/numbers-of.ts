import type { Numbers } from './feature-set.ts'

/** A row as a list of its own. A spread goes through the iterator: fifteen times the time. */
export function numbersOf(row: Numbers): number[] {
  const numbers = new Array<number>(row.length)
  for (let index = 0; index < row.length; index++) numbers[index] = row[index]!
  return numbers
}
