import type { ReportFacts } from '../visit-facts.ts'
import type { ClauseUse } from './clause-users.ts'
import { enthusiasmOf } from './enthusiasm.ts'
import { comparedText, clausesOf, verbatimClauses, type Clause } from './clauses.ts'
import { sketchOf } from './text-sketch.ts'

/** A report split into clauses. */
export interface ParsedReport {
  readonly compared: string
  readonly clauses: readonly Clause[]
}

export function parseReport(text: string): ParsedReport {
  const compared = comparedText(text)
  return { compared, clauses: clausesOf(compared) }
}

/** Extracts the facts of a report. `useOf` returns how common a clause is, by its hash. */
export function reportFacts(text: string, useOf?: (clause: number) => ClauseUse): ReportFacts {
  return factsOfReport(parseReport(text), useOf)
}

/** Extracts the facts of a report that is already split. */
export function factsOfReport(
  { compared, clauses }: ParsedReport,
  useOf: (clause: number) => ClauseUse = () => OWN,
): ReportFacts {
  const own: Clause[] = []
  let [length, information] = [0, 0]
  for (const clause of clauses) {
    length += clause.length
    const { isTemplate, informationMax } = useOf(clause.hash)
    if (isTemplate) continue
    own.push(clause)
    information += Math.min(clause.length, informationMax)
  }
  return {
    length,
    information,
    sketch: sketchOf(own, information, verbatimClauses(compared)) ?? null,
    digits: digitsOf(compared),
    enthusiasm: enthusiasmOf(compared),
  }
}

const OWN: ClauseUse = { isTemplate: false, informationMax: Number.POSITIVE_INFINITY }

const NUMBERS_MAX = 50

/**
 * Returns the last digits of the numbers with two digits or more. A single digit usually counts things, so it shows no
 * preference.
 */
function digitsOf(compared: string): string {
  const numbers = compared.match(/\d+(?:\.\d+)?/g) ?? []
  return numbers
    .filter((number) => number.length > 1)
    .slice(0, NUMBERS_MAX)
    .map((number) => number.at(-1))
    .join('')
}
