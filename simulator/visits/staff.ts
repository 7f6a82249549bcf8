import { cities, personName, type City } from '../customers/names.ts'
import { uniform, normal, pick, random } from '../random.ts'

export interface Salesperson {
  readonly id: string
  readonly name: string
  readonly teamId: string
  readonly city: City
  /** Place from which reports of visits that never happened are written. */
  readonly office: { readonly latitude: number; readonly longitude: number }
  /** Added to the logit of deals. */
  readonly skill: number
  /** `inventive` salespeople report visits that never happened, `idle` ones make visits without effect. */
  readonly character: 'honest' | 'inventive' | 'idle'
}

/** Creates the sales staff: one in six is inventive and one in six idle, so that every team has cases. */
export function makeStaff(seed: string, salespeople: number, teams: number): Salesperson[] {
  return Array.from({ length: salespeople }, (_, i) => {
    const next = random(seed, 'staff', i)
    const turn = (i + Math.floor(i / teams)) % 6
    const home = cities[(i % teams) % cities.length]!
    return {
      id: `s-${String(i + 1).padStart(3, '0')}`,
      name: personName(next, pick(next, ['female', 'male'] as const)).full,
      teamId: `team-${(i % teams) + 1}`,
      city: home,
      office: {
        latitude: home.latitude + uniform(next, -0.02, 0.02),
        longitude: home.longitude + uniform(next, -0.02, 0.02),
      },
      skill: normal(next, 0, 0.35),
      character: turn === 1 ? 'inventive' : turn === 4 ? 'idle' : 'honest',
    }
  })
}
