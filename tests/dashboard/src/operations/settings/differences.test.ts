import fc from 'fast-check'
import { differences } from '../../../../../dashboard/src/operations/settings/differences.ts'

test('names each part that differs, from the outside in', () => {
  const before = { rules: [{ verdict: 'invalid', visits: 5 }, { verdict: 'fine' }], weight: 0.5 }
  const after = { rules: [{ verdict: 'invalid', visits: 6 }], weight: 0.5, note: null }
  expect(differences(before, after)).toEqual([
    { path: 'rules.0.visits', before: '5', after: '6' },
    { path: 'rules.1.verdict', before: '"fine"', after: null },
    { path: 'note', before: null, after: 'null' },
  ])
})

test('of something new every part is named, and of something gone', () => {
  expect(differences(null, { value: 0.7 })).toEqual([{ path: 'value', before: null, after: '0.7' }])
  expect(differences({ roles: ['viewer'] }, null)).toEqual([{ path: 'roles.0', before: '"viewer"', after: null }])
})

test('an empty list or object is a part of its own', () => {
  expect(differences({ topics: [] }, { topics: ['scores'] })).toEqual([
    { path: 'topics', before: '[]', after: null },
    { path: 'topics.0', before: null, after: '"scores"' },
  ])
})

test('a value does not differ from itself, and differs from any other', () => {
  // Dots in names would make paths ambiguous, and no field has them.
  const value = fc.object({ key: fc.stringMatching(/^[a-z]{1,3}$/), maxDepth: 3, values: [fc.integer(), fc.string()] })
  fc.assert(
    fc.property(value, value, (one, other) => {
      expect(differences(one, structuredClone(one))).toEqual([])
      const same = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))
      expect(differences(one, other).length === 0).toBe(same)
    }),
  )
})

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  )
}
