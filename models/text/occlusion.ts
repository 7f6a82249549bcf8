import { logOdds } from '../evaluation/platt.ts'

/** A part of a text and its effect on the score. */
export interface Attribution {
  /** Line of the part, from 0. A line is a record, such as a visit. */
  readonly line: number
  readonly text: string
  /** Decrease of the log odds without the part: positive if the part speaks for the class, negative if against it. */
  readonly effect: number
}

export interface TextReasons {
  /** Lines with an effect, the largest first. */
  readonly lines: Attribution[]
  /** Words of the lines with the largest effects. */
  readonly words: Attribution[]
}

interface Part {
  readonly line: number
  readonly from: number
  readonly to: number
}

/** Newest lines of a long text that are left out one by one. */
const LINES_MAX = 60
/** Number of lines whose words are left out. */
const LINES_READ = 2
/** Maximum number of parts of a line; in a longer one, neighbouring words are left out together. */
const PARTS_MAX = 60
/** Changes of the log odds below this are not reported. */
const EFFECT_MIN = 1e-4

/** Lines of a text, one of them shortened or, as `undefined`, removed. */
export type RemainingLines = readonly (string | undefined)[]

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' })

/**
 * Finds the records and words on which a text's score depends, by leaving them out one at a time (occlusion: Zeiler and
 * Fergus 2014; for texts Li, Monroe and Jurafsky 2016). Works with any model that reads texts. Yields lists of texts as
 * lines, takes their probabilities in the same order, and returns at most `most` reasons of each kind.
 */
export function* occlude(
  lines: readonly string[],
  most: number,
): Generator<readonly RemainingLines[], TextReasons, ArrayLike<number>> {
  const whole = logOdds((yield [lines])[0]!)
  const read = lines
    .map((line, number): Part => ({ line: number, from: 0, to: line.length }))
    .filter(({ to }) => to > 0)
  const ofLines = yield* effectsOf(lines, read.slice(-LINES_MAX), whole)
  const candidates = ofLines.slice(0, LINES_READ).flatMap(({ line }) => partsOf(lines[line]!, line))
  const ofWords = yield* effectsOf(lines, candidates, whole)
  return { lines: ofLines.slice(0, most), words: ofWords.slice(0, most) }
}

function* effectsOf(
  lines: readonly string[],
  parts: readonly Part[],
  whole: number,
): Generator<readonly RemainingLines[], Attribution[], ArrayLike<number>> {
  if (parts.length === 0) return []
  const scores = yield parts.map((part) => without(lines, part))
  return parts
    .map(({ line, from, to }, index) => ({
      line,
      text: lines[line]!.slice(from, to),
      effect: whole - logOdds(scores[index]!),
    }))
    .filter(({ effect }) => Math.abs(effect) >= EFFECT_MIN)
    .sort((one, other) => Math.abs(other.effect) - Math.abs(one.effect))
}

/** Returns the lines without a part. A line that becomes empty is removed, since it is no longer a record. */
function without(lines: readonly string[], { line, from, to }: Part): RemainingLines {
  const left = lines[line]!.slice(0, from) + lines[line]!.slice(to)
  return lines.map((one, number) => (number !== line ? one : left === '' ? undefined : left))
}

function partsOf(text: string, line: number): Part[] {
  const words = [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike === true)
  const together = Math.ceil(words.length / PARTS_MAX)
  return Array.from({ length: Math.ceil(words.length / Math.max(1, together)) }, (_, part) => {
    const [first, last] = [words[part * together]!, words[Math.min((part + 1) * together, words.length) - 1]!]
    return { line, from: first.index, to: last.index + last.segment.length }
  })
}
