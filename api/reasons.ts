import { Type, type Static } from 'typebox'
import type { Feature } from './ports.ts'
import { nullable } from './schema-parts.ts'

/** Why a score is what it is. */
export const Reason = Type.Object({
  feature: Type.String(),
  value: nullable(Type.Number({ description: 'null where it is not known.' })),
  contribution: Type.Number({
    description: 'To the margin: the log-odds of a probability, or the estimate itself. All of them and the base are the margin.',
  }),
  words: Type.String(),
})

export type Reason = Static<typeof Reason>

/** The largest contributions first, those that are something; at most so many. */
export function reasonsFrom(
  features: readonly Feature[],
  row: Float32Array,
  contributions: Float64Array,
  most: number,
): Reason[] {
  return [...contributions.keys()]
    .filter((feature) => contributions[feature] !== 0)
    .sort((one, other) => Math.abs(contributions[other]!) - Math.abs(contributions[one]!) || one - other)
    .slice(0, most)
    .map((place) => {
      const { name, meaning, unit } = features[place]!
      const value = Number.isNaN(row[place]) ? null : row[place]!
      const contribution = contributions[place]!
      return { feature: name, value, contribution, words: `${meaning}: ${valueInWords(value, unit)} (${signed(contribution)})` }
    })
}

function valueInWords(value: number | null, unit: string): string {
  if (value === null) return 'not known'
  const number = Number(value.toPrecision(4)).toString()
  return unit === '' ? number : `${number} ${unit}`
}

function signed(contribution: number): string {
  return `${contribution < 0 ? '−' : '+'}${Math.abs(contribution).toPrecision(2)}`
}
