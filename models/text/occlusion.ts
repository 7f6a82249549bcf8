import { logOdds } from '../evaluation/platt.ts'

/** A part of a text and what it does to the score. */
export interface Carried {
  /** Which line it is in, from 0; a line is a record, as a visit. */
  readonly line: number
  readonly text: string
  /** How much lower the log-odds are without it: above 0 speaks for the class, below 0 against it. */
  readonly effect: number
}

export interface TextReasons {
  /** Lines that carry something, the one that carries most first. */
  readonly lines: Carried[]
  /** Words of the lines that carry most. */
  readonly words: Carried[]
}

interface Part {
  readonly line: number
  readonly from: number
  readonly to: number
}

/** Only the newest lines of a long text are left out one by one. */
const LINES_MAX = 60
/** Number of lines in which words are searched. */
const LINES_READ = 2
/** Of a long line neighbouring words are left out together, so that there are no more parts. */
const PARTS_MAX = 60
/** Smaller changes of the log-odds are not reported. */
const EFFECT_MIN = 1e-4

/** The lines of a text, one of them shorter or, as `undefined`, not there. */
export type LinesLeft = readonly (string | undefined)[]

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' })

/**
 * Which records and words of a text carry its score, by leaving them out one at a time (occlusion: Zeiler and Fergus
 * 2014; for texts Li, Monroe and Jurafsky 2016). Works with any model that reads texts. Asks for the scores of lists of
 * texts as their lines, each probabilities in the order of the list, and returns the reasons, at most `most` of each
 * kind.
 */
export function* occlude(
  lines: readonly string[],
  most: number,
): Generator<readonly LinesLeft[], TextReasons, ArrayLike<number>> {
  const whole = logOdds((yield [lines])[0]!)
  const read = lines
    .map((line, number): Part => ({ line: number, from: 0, to: line.length }))
    .filter(({ to }) => to > 0)
  const ofLines = yield* effectsOf(lines, read.slice(-LINES_MAX), whole)
  const telling = ofLines.slice(0, LINES_READ).flatMap(({ line }) => partsOf(lines[line]!, line))
  const ofWords = yield* effectsOf(lines, telling, whole)
  return { lines: ofLines.slice(0, most), words: ofWords.slice(0, most) }
}

function* effectsOf(
  lines: readonly string[],
  parts: readonly Part[],
  whole: number,
): Generator<readonly LinesLeft[], Carried[], ArrayLike<number>> {
  if (parts.length === 0) return []
  const scores = yield parts.map((part) => without(lines, part))
  return parts
    .map(({ line, from, to }, place) => ({
      line,
      text: lines[line]!.slice(from, to),
      effect: whole - logOdds(scores[place]!),
    }))
    .filter(({ effect }) => Math.abs(effect) >= EFFECT_MIN)
    .sort((one, other) => Math.abs(other.effect) - Math.abs(one.effect))
}

/** A line that is left out whole is no record any more. */
function without(lines: readonly string[], { line, from, to }: Part): LinesLeft {
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
