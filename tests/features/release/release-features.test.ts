import { readFileSync } from 'node:fs'
import { deciders, featureSets } from '../../../subjects/subjects.ts'
import type { DescribedFeatures } from '../../../features/feature-set.ts'
import { featuresSourceOf, releaseFeatures } from '../../../features/release/release-features.ts'
import { releasedFeatures } from '../../../features/release/released-features.ts'
import { visitFeatures } from '../../../features/visits/visits.ts'

const set = (id: string, ...names: string[]): DescribedFeatures => ({
  id,
  names,
  descriptions: names.map((name) => ({
    name,
    meaning: `What ${name} says.`,
    unit: 'days',
    sources: [`visits.${name}`],
  })),
})
const { sets: first } = releaseFeatures([], [set('a@1', 'x', 'y')])
const refusals = (changed: DescribedFeatures) => releaseFeatures(first, [changed]).refusals

test('a set is released once, and stays unchanged', () => {
  expect(first).toEqual([
    {
      id: 'a@1',
      features: [
        ['x', 'days', 'visits.x'],
        ['y', 'days', 'visits.y'],
      ],
    },
  ])
  const worded = set('a@1', 'x', 'y')
  const better = worded.descriptions.map((description) => ({ ...description, meaning: 'Better words.' }))
  expect(releaseFeatures(first, [{ ...worded, descriptions: better }])).toEqual({
    sets: first,
    added: [],
    refusals: [],
  })
})

test('another number of features, another order, name, unit or source is refused under the same version', () => {
  expect(refusals(set('a@1', 'x', 'y', 'z'))).toEqual(['a@1 had 2 numbers, and has 3.'])
  expect(refusals(set('a@1', 'y', 'x'))).toEqual([
    'Number 0 of a@1 was x (days; from visits.x), and is y (days; from visits.y).',
    'Number 1 of a@1 was y (days; from visits.y), and is x (days; from visits.x).',
  ])
  const inHours = set('a@1', 'x', 'y').descriptions.map((description) => ({ ...description, unit: 'hours' }))
  expect(refusals({ ...set('a@1', 'x', 'y'), descriptions: inHours })).toHaveLength(2)
})

test('a new version may differ in any way', () => {
  expect(releaseFeatures(first, [set('a@2', 'z')])).toMatchObject({ added: [{ id: 'a@2' }], refusals: [] })
})

/** Fails after a change of a feature set: raise the set's version, then run `node generators/release-schemas.ts`. */
test('every set of features is released, and none was changed since', () => {
  expect(releaseFeatures(releasedFeatures, featureSets)).toEqual({ sets: releasedFeatures, added: [], refusals: [] })
  const released = new Set(releasedFeatures.map(({ id }) => id))
  const served = deciders.map(({ features }) => features).filter(({ names }) => names.length > 0)
  expect(served.filter(({ id }) => !released.has(id))).toEqual([])
})

test('one more number in visits@1 is noticed', () => {
  const wider = { ...visitFeatures, names: [...visitFeatures.names, 'visits.more'] }
  expect(releaseFeatures(releasedFeatures, [wider]).refusals).toHaveLength(1)
})

test('the generated source equals the file in the repository, line for line', () => {
  const text = readFileSync(new URL('../../../features/release/released-features.ts', import.meta.url), 'utf8')
  expect(text).toBe(featuresSourceOf(releasedFeatures))
})
