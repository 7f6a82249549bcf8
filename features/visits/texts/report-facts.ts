import type { ReportFacts } from '../visit-facts.ts'
import { enthusiasmOf } from './enthusiasm.ts'
import { comparedText, sentencesOf, verbatimClauses, type Sentence } from './sentences.ts'
import { sketchOf } from './text-sketch.ts'

/** What is seen of a report. `isTemplate`: whether a sentence, by its hash, is used by many people. */
export function reportFacts(text: string, isTemplate: (sentence: number) => boolean): ReportFacts {
  const compared = comparedText(text)
  const sentences = sentencesOf(compared)
  const own = sentences.filter(({ hash }) => !isTemplate(hash))
  return {
    length: lengthOf(sentences),
    ownLength: lengthOf(own),
    sketch: sketchOf(own, verbatimClauses(compared)) ?? null,
    digits: digitsOf(compared),
    enthusiasm: enthusiasmOf(compared),
  }
}

function lengthOf(sentences: readonly Sentence[]): number {
  return sentences.reduce((sum, { length }) => sum + length, 0)
}

const NUMBERS_MAX = 50

/** Of the numbers of two digits and more: a single one counts things, and has no favourite. */
function digitsOf(compared: string): string {
  const numbers = compared.match(/\d+(?:\.\d+)?/g) ?? []
  return numbers
    .filter((number) => number.length > 1)
    .slice(0, NUMBERS_MAX)
    .map((number) => number.at(-1))
    .join('')
}
