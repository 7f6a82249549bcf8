import { mixed } from './sentences.ts'
import { unitHash } from '../../string-hash.ts'

const SLOTS = 1 << 22
const BITS = 32

/** How many people use a sentence: the company's own template is no evidence of copying. */
export interface SentenceUsers {
  add(sentence: number, person: string): void
  /** An estimate, exact for a few. */
  people(sentence: number): number
}

/**
 * Counts in fixed memory (16 MiB), whatever the number of sentences: each has 32 bits, each person one of them (linear
 * counting, Whang et al. 1990, doi:10.1145/78922.78925). Sentences that share a slot are rare, and seem to have more
 * users than they have: what is left out too much is never evidence.
 */
export function createSentenceUsers(): SentenceUsers {
  const bits = new Uint32Array(SLOTS)
  return {
    add(sentence, person) {
      const bit = Math.floor(unitHash(person) * BITS)
      bits[mixed(sentence) % SLOTS]! |= 1 << bit
    },
    people: (sentence) => peopleOf(bits[mixed(sentence) % SLOTS]!),
  }
}

function peopleOf(bits: number): number {
  let free = BITS
  for (let rest = bits; rest !== 0; rest &= rest - 1) free--
  return free === 0 ? Number.POSITIVE_INFINITY : Math.round(BITS * Math.log(BITS / free))
}
