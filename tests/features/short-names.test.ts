import { namedAfter, shortNameOf, shortNames } from '../../features/short-names.ts'
import { catalogueOf } from '../../features/catalogue.ts'
import { featureSets } from '../../subjects/subjects.ts'

const catalogue = catalogueOf(featureSets)
const wordsOf = ({ name, hashed }: (typeof catalogue)[number]) => hashed ?? shortNameOf(name)

test('every feature has a name for people, with none of the words of those who build models', () => {
  expect(catalogue.length).toBeGreaterThan(400)
  expect(catalogue.filter((feature) => wordsOf(feature) === undefined).map(({ name }) => name)).toEqual([])
  const technical = /half-life|weighted|hash|group \d|entropy|deviation|logarithm|UTF|bucket|decay|\d of \d/i
  expect(catalogue.map(wordsOf).filter((words) => technical.test(words!) || words!.length > 70)).toEqual([])
})

test('no two features have the same name, except the groups of hashed ones', () => {
  const names = catalogue.filter(({ hashed }) => hashed === undefined).map(wordsOf)
  expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([])
})

test('every name is that of a feature', () => {
  const plain = new Set(catalogue.map(({ name }) => namedAfter(name).plain))
  expect(Object.keys(shortNames).filter((name) => !plain.has(name))).toEqual([])
})
