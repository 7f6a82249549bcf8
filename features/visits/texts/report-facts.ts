import type { ReportFacts } from '../visit-facts.ts'
import { enthusiasmOf } from './enthusiasm.ts'
import { CHARACTERS_COMPARED_MAX, sentencesOf, type Sentence } from './sentences.ts'
import { sketchOf } from './text-sketch.ts'

/** What is seen of a report. `isTemplate`: whether a sentence, by its hash, is used by many people. */
export function reportFacts(text: string, isTemplate: (sentence: number) => boolean): ReportFacts {
  const sentences = sentencesOf(text)
  const own = sentences.filter(({ hash }) => !isTemplate(hash))
  return {
    length: lengthOf(sentences),
    ownLength: lengthOf(own),
    sketch: sketchOf(own) ?? null,
    digits: digitsOf(text),
    enthusiasm: enthusiasmOf(text.slice(0, CHARACTERS_COMPARED_MAX)),
  }
}

function lengthOf(sentences: readonly Sentence[]): number {
  return sentences.reduce((sum, { length }) => sum + length, 0)
}

const NUMBERS_MAX = 50

/** Of the numbers of two digits and more: a single one counts things, and has no favourite. */
function digitsOf(text: string): string {
  const beginning = text.slice(0, CHARACTERS_COMPARED_MAX)
  const numbers = beginning.match(/\d+(?:\.\d+)?/g) ?? []
  return numbers
    .filter((number) => number.length > 1)
    .slice(0, NUMBERS_MAX)
    .map((number) => number.at(-1))
    .join('')
}
