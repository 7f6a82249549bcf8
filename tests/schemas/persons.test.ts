import { byFields, byKey, noPersons, personsOf, textsAt, withItemsOf, withTextAt } from '../../schemas/persons.ts'

const list = {
  owner: 'all',
  entries: [
    { customerId: 'c1', rank: 1 },
    { customerId: 'c2', rank: 2 },
  ],
}

test('texts are found in records and in the items of lists; a missing field holds none', () => {
  expect(textsAt('owner', list)).toEqual(['all'])
  expect(textsAt('entries[].customerId', list)).toEqual(['c1', 'c2'])
  expect(textsAt('entry.customerId', { entry: { customerId: 'c1' } })).toEqual(['c1'])
  expect(textsAt('entry.customerId', { entry: null })).toEqual([])
  expect(textsAt('others[].customerId', list)).toEqual([])
})

test('a record is about its key or its fields, and not about those in its lists', () => {
  expect(personsOf(byKey, 'c1', {})).toEqual(['c1'])
  expect(personsOf(undefined, 'c1', {})).toEqual(['c1'])
  expect(personsOf(byFields('customerId'), 's1', { customerId: 'c1' })).toEqual(['c1'])
  expect(personsOf(byFields('entries[].customerId'), 's1', list)).toEqual([])
  expect(personsOf(noPersons('numbers'), 'c1', {})).toEqual([])
})

test('an export shows only the items of the person, and a pseudonym replaces only the name', () => {
  expect(withItemsOf(byFields('entries[].customerId'), list, 'c2')).toEqual({
    owner: 'all',
    entries: [{ customerId: 'c2', rank: 2 }],
  })
  const record = { before: { customerId: 'c1', at: 7 }, isGone: true }
  expect(withTextAt('before.customerId', record, 'x')).toEqual({ before: { customerId: 'x', at: 7 }, isGone: true })
  expect(record.before.customerId).toBe('c1')
})
