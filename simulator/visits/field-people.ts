import { cities } from '../customers/names.ts'
import { uniform, bernoulli, normal, random, uniformInteger, type Random } from '../random.ts'

export interface Point {
  readonly latitude: number
  readonly longitude: number
}

/** A customer of field staff: the true place, and the place in the CRM. */
export interface FieldCustomer {
  readonly id: string
  readonly opportunityId: string
  readonly place: Point
  /** null if the CRM has no place. Some are wrong because the customer has moved. */
  readonly known: Point | null
}

/**
 * Ways of cheating. `copier` repeats reports; `filler` writes generic reports at the end of the month; `home` checks in
 * from home; `mock` fakes positions; `pair` checks in for a colleague and shares reports.
 */
export const cheats = ['copier', 'filler', 'home', 'mock', 'pair'] as const
export type Cheat = (typeof cheats)[number]

export interface FieldPerson {
  readonly id: string
  readonly device: string
  readonly home: Point
  readonly customers: readonly FieldCustomer[]
  readonly cheat: Cheat | null
  /** Share of visits that never happened. */
  readonly rate: number
  /** 0: careless, 1: careful, 2: hides everything that is easy to hide. */
  readonly cunning: number
}

const CUSTOMERS = 40
const DEGREE_M = 111_195

/** Returns a random point nearby, normally distributed to the north and east with this deviation in metres. */
export function near(next: Random, { latitude, longitude }: Point, metres: number): Point {
  const degrees = metres / DEGREE_M
  return {
    latitude: latitude + normal(next, 0, degrees),
    longitude: longitude + normal(next, 0, degrees) / Math.cos((latitude * Math.PI) / 180),
  }
}

/**
 * Creates the field staff: the cheating share is divided evenly among cheats and degrees of cunning; the others are
 * honest.
 */
export function fieldPeople(seed: string, people: number, cheatingShare: number): FieldPerson[] {
  const kinds = cheats.flatMap((cheat) => [0, 1, 2].map((cunning) => ({ cheat, cunning })))
  const cheating = Math.round(people * cheatingShare)
  return Array.from({ length: people }, (_, i) => {
    const next = random(seed, 'field', i)
    const city = cities[i % cities.length]!
    const id = `f-${String(i + 1).padStart(4, '0')}`
    const kind = i < cheating ? kinds[i % kinds.length]! : undefined
    return {
      id,
      device: `phone-${id}`,
      home: near(next, city, 6_000),
      customers: Array.from({ length: CUSTOMERS }, (_, k) => customerOf(next, city, `${id}-c${k}`)),
      cheat: kind?.cheat ?? null,
      rate: kind === undefined ? 0 : uniform(next, 0.15, 0.5),
      cunning: kind?.cunning ?? 0,
    }
  })
}

function customerOf(next: Random, city: Point, id: string): FieldCustomer {
  const place = near(next, city, 5_000)
  const isMoved = bernoulli(next, 0.04)
  const known = bernoulli(next, 0.12) ? null : near(next, place, isMoved ? 4_000 : 40)
  return { id, opportunityId: `o-${id}-${uniformInteger(next, 1, 2)}`, place, known }
}
