import { unitHash } from '../../string-hash.ts'
import { mixed } from './sentences.ts'

const SLOTS = 1 << 22
const BITS = 32

/** How much a clause says of the report that it stands in. */
export interface ClauseUse {
  /** A heading or a formula of many: those who use it use it all the time. */
  readonly isTemplate: boolean
  /** Many people use it, at times: no more than the bits of how rare it is. Infinite: it is a person's own. */
  readonly informationMax: number
}

export interface TemplateLimits {
  /** So many people may share words without making them common. */
  readonly people: number
  /** In a large organisation: this share of its people. */
  readonly share: number
}

/** Counts which clauses many people use: the company's own template is no evidence of copying. */
export interface ClauseUsers {
  /** Adds the clauses of a report, each once. */
  add(clauses: Iterable<number>, person: string): void
  use(clause: number, limits: TemplateLimits): ClauseUse
}

/** Of the reports of a person who uses it: a heading is in many, a common phrase in some. */
const TEMPLATE_RATE = 0.25

/**
 * Counts in fixed memory (32 MiB), whatever the number of clauses: each has a count and 32 bits, of which each person
 * has one (linear counting, Whang et al. 1990, doi:10.1145/78922.78925). Clauses that share a slot seem more common
 * than they are: what counts too little is never evidence.
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

/** The bit of a person, of 32. */
export function bitOf(person: string): number {
  return 1 << Math.floor(unitHash(person) * BITS)
}

/** `bits`: those of the people who use the clause; `count`: in how many reports. */
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
