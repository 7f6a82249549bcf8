import { unitHash } from '../../string-hash.ts'
import { mixed } from './clauses.ts'

const SLOTS = 1 << 22
const BITS = 32

/** How informative a clause is about the report that contains it. */
export interface ClauseUse {
  /** Whether it is a heading or phrase of many people who use it all the time. */
  readonly isTemplate: boolean
  /**
   * Upper bound on its information in bits, by its rarity, if many people use it at times; infinite for a person's own
   * words.
   */
  readonly informationMax: number
}

export interface TemplateLimits {
  /** Number of people who may share words without making them common. */
  readonly people: number
  /** The same as a share of all people, for large organisations. */
  readonly share: number
}

/** Counts how many people use each clause, because the company's own template is no evidence of copying. */
export interface ClauseUsers {
  /** Adds the clauses of a report, each once. */
  add(clauses: Iterable<number>, person: string): void
  use(clause: number, limits: TemplateLimits): ClauseUse
}

/**
 * Share of a user's reports from which a clause is a template: a heading is in many of them, a common phrase in some.
 */
const TEMPLATE_RATE = 0.25

/**
 * Counts in fixed memory (32 MiB), whatever the number of clauses: each slot has a count and 32 bits, one for each
 * person (linear counting, Whang et al. 1990, doi:10.1145/78922.78925). Clauses that share a slot seem more common than
 * they are, which only makes them weaker evidence.
 */
export function createClauseUsers(): ClauseUsers {
  const bits = new Uint32Array(SLOTS)
  const counts = new Uint32Array(SLOTS)
  const people = new Map<string, number>()
  let reports = 0

  return {
    add(clauses, person) {
      let bit = people.get(person)
      if (bit === undefined) people.set(person, (bit = bitOf(person)))
      reports++
      for (const clause of new Set(clauses)) {
        const slot = mixed(clause) % SLOTS
        bits[slot]! |= bit
        counts[slot]!++
      }
    },
    use(clause, limits) {
      const slot = mixed(clause) % SLOTS
      return clauseUse({ bits: bits[slot]!, count: counts[slot]! }, { reports, people: people.size }, limits)
    },
  }
}

/** Returns the bit of a person, one of 32. */
export function bitOf(person: string): number {
  return 1 << Math.floor(unitHash(person) * BITS)
}

/** Classifies a clause. `bits`: the bits of the people who use it; `count`: the number of reports that contain it. */
export function clauseUse(
  { bits, count }: { readonly bits: number; readonly count: number },
  all: { readonly reports: number; readonly people: number },
  limits: TemplateLimits,
): ClauseUse {
  const users = Math.min(all.people, usersOf(bits))
  if (users <= Math.max(limits.people, limits.share * all.people))
    return { isTemplate: false, informationMax: Number.POSITIVE_INFINITY }
  return {
    isTemplate: count / users >= TEMPLATE_RATE * (all.reports / all.people),
    informationMax: Math.log2(all.reports / count),
  }
}

function usersOf(bits: number): number {
  let free = BITS
  for (let rest = bits; rest !== 0; rest &= rest - 1) free--
  return free === 0 ? Number.POSITIVE_INFINITY : Math.round(BITS * Math.log(BITS / free))
}
