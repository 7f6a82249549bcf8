import fc from 'fast-check'
import {
  interestsOf,
  organisationKinds,
  organisationView,
  rememberBought,
  rememberContact,
  rememberOrganisation,
} from '../../../features/recommendations/organisation-state.ts'
import type { Purchase } from '../../../schemas/customers/banking.ts'
import { mapMemory } from '../map-memory.ts'
import { contact, organisation } from '../organisations.ts'

test('nothing is known of a customer without an organisation', () => {
  const memory = mapMemory(organisationKinds)
  rememberContact(memory, contact('a', 1))
  expect(organisationView(memory, [])).toBeUndefined()
})

test('the latest record applies in any order of arrival', () => {
  const words = [
    organisation(1, { segment: 'micro' }),
    organisation(3, { segment: 'medium' }),
    contact('a', 2, { role: 'finance' }),
    contact('a', 5, { active: false }),
    contact('b', 4),
    contact('b', 4, { id: 'contact/b/4+', role: 'owner' }),
  ]
  fc.assert(
    fc.property(fc.shuffledSubarray(words, { minLength: words.length }), (order) => {
      const memory = mapMemory(organisationKinds)
      for (const word of order) {
        if ('contactId' in word) rememberContact(memory, word)
        else rememberOrganisation(memory, word)
      }
      const { organisation: held, contacts } = organisationView(memory, [])!
      expect(held.segment).toBe('medium')
      expect(contacts.map(({ contactId, active, role }) => [contactId, active, role])).toEqual([
        ['a', false, 'finance'],
        ['b', true, 'owner'],
      ])
    }),
  )
})

test('an outdated or repeated record changes nothing, and returns that', () => {
  const memory = mapMemory(organisationKinds)
  expect(rememberOrganisation(memory, organisation(2))).toBe(true)
  expect(rememberOrganisation(memory, organisation(2))).toBe(false)
  expect(rememberOrganisation(memory, organisation(1))).toBe(false)
  expect(rememberContact(memory, contact('a', 2))).toBe(true)
  expect(rememberContact(memory, contact('a', 1))).toBe(false)
})

test('purchases add up; one without a product counts as well', () => {
  const memory = mapMemory(organisationKinds)
  const purchase = { occurredAt: 5, amountMinor: 100, quantity: 2, product: 'insurance' } as Purchase
  rememberOrganisation(memory, organisation(1))
  rememberBought(memory, purchase)
  rememberBought(memory, { ...purchase, occurredAt: 3, quantity: 1, product: null })
  const { bought } = organisationView(memory, [])!
  expect([...bought!.subarray(0, 3)]).toEqual([3, 5, 200])
  expect(bought!.subarray(3).reduce((sum, count) => sum + count, 0)).toBe(2)
})

test('interests are their categories, or the words themselves if there is no category; each once', () => {
  expect(interestsOf({ categories: ['costs', 'costs'], interests: ['cheap'] })).toEqual(['costs'])
  expect(interestsOf({ categories: [], interests: ['cheap', 'quick'] })).toEqual(['cheap', 'quick'])
})
